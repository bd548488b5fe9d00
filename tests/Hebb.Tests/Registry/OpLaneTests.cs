using Hebb.Kernels;
using Hebb.Ops;

namespace Hebb.Tests.Registry;

/// <summary>Every op of the registry gives the same bits at every lane width, forward and backward.</summary>
[Collection("lanes")]
public class OpLaneTests
{
    public static TheoryData<string> Names => OpCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void EveryWidthGivesTheSameBits(string name)
    {
        OpCase op = OpCases.Find(name);
        foreach (DType dtype in (DType[])[DType.Float32, DType.Float64])
        {
            double[][] widest = Run(op, dtype, 512);
            foreach (int width in (int[])[256, 128, 1])
            {
                double[][] narrower = Run(op, dtype, width);
                for (int i = 0; i < widest.Length; i++) Assert.Equal(
                    widest[i].Select(BitConverter.DoubleToInt64Bits), narrower[i].Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    private static double[][] Run(OpCase op, DType dtype, int width)
    {
        int before = Lanes.Width;
        Lanes.Width = width;
        try
        {
            OpRun run = OpRun.Of(op, dtype);
            double[] values = NumberArray.Of(run.Result).Values;
            return run.Result.DType.IsFloat ? [values, .. run.Gradients(createGraph: false)
                .Select(gradient => NumberArray.Of(gradient).Values)] : [values];
        }
        finally
        {
            Lanes.Width = before;
        }
    }
}
