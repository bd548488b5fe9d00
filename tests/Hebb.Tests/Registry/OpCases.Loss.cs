using Hebb.Ops;

namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Loss =>
    [
        .. Binary(nameof(BinaryCrossEntropy), (p, t) => p.BinaryCrossEntropy(t), (p, t) => -(t * Math.Log(p)) - ((1 - t) * Math.Log(1 - p)), (0.1, 0.9), (0, 1)),
        .. Binary(nameof(BinaryCrossEntropySlope), (p, t) => p.Apply(new BinaryCrossEntropySlope(), t), (p, t) => (p - t) / (p * (1 - p)), (0.1, 0.9), (0, 1)),
    ];
}
