using System.Globalization;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Tests.Registry;
using Hebb.Training;

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
            .. RuleCases.All.Select(rule => new Func<string>(() => rule.Rule.ToString()!)),
            .. ScheduleCases.All.Select(schedule => new Func<string>(() => schedule.ToString()!)),
            .. ((object[])[new Hebb.Ops.LeakyRelu(-0.25), new Hebb.Ops.Clip(-0.5, 1.5, -1), new Hebb.Ops.Softmax(-1), new L1Penalty(0.5),
                new WeightDecay(0.25), new Penalty(0.5, 0.25), Recipe.For(DataCatalog.Load("xor")), new RandomAffine(1.5),
                Initializer.HeNormal(),
                new Evaluation(0.5, -0.25, 3), new TextCnnOptions(), new GradientCheckOptions { Step = 0.5 }, new TrainingOptions(),
                new Orthogonal(0.5)]).Select(item => new Func<string>(() => item.ToString()!)),
            .. ((Action[])[() => new StepDecay(-0.5, 1), () => new Adam(1.5), () => new Dropout(-0.5), () => new ClipByNorm(-0.5),
                () => new HuberLoss { Delta = -0.5 }, () => new Softplus(-1.5), () => Tensor.From(0.5).Sum([-7]), () => new MaxPool2d(-3),
                () => new EarlyStopping(minimum: -0.5)])
                .Select(act => new Func<string>(() => Assert.ThrowsAny<ArgumentException>(act).Message)),
        ];
        CultureInfo before = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "\u2212";
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
