using System.Globalization;
using Hebb.Layers;
using Hebb.Optim;
using Hebb.Tests.Registry;

namespace Hebb.Tests.Core;

/// <summary>What the library prints does not follow the culture of the thread.</summary>
public class CultureTests
{
    [Fact]
    public void LayersOptimizersAndGraphsPrintAlikeEverywhere()
    {
        Func<string>[] prints =
        [
            .. LayerCases.All.Select(layer => new Func<string>(() => layer.Make().ToString()!)),
            .. RuleCases.All.Select(rule => new Func<string>(() =>
                new Optimizer(new Linear(1, 1), rule.Rule, 0.125) { Hooks = { new MaxNorm(0.5), new ClipByNorm(1.5) } }.ToString())),
            () => Graph.Trace(x => x.LeakyRelu(0.25).Clip(-0.5, 1.5), new TensorSpec(DType.Float32, [2])).ToText(),
            () => Graph.Trace(x => x.LeakyRelu(0.25).Clip(-0.5, 1.5), new TensorSpec(DType.Float32, [2])).ToDot(),
            () => Tensor.From(0.5, 1.25).ToString(),
        ];
        CultureInfo before = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        foreach (Func<string> print in prints)
        {
            string expected = print();
            try
            {
                CultureInfo.CurrentCulture = comma;
                Assert.Equal(expected, print());
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }
}
