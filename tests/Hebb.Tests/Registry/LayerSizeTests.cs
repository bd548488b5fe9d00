using Hebb.Layers;
using Hebb.Losses;
using Hebb.Tests.Sizes;
using Hebb.Training;

namespace Hebb.Tests.Registry;

/// <summary>
/// Layers and losses with an axis of 0 and of 1 at every place: a result with its gradients, the same bits recorded as one by one, or a
/// refusal in a sentence.
/// </summary>
public class LayerSizeTests
{
    public static TheoryData<string> Layers => [.. LayerCases.All.Where(item => item.IsCallable).Select(item => item.Name)];

    public static TheoryData<string> Losses => [.. ReadyLosses.Names, "sequence"];

    [Theory, MemberData(nameof(Layers))]
    public void LayersTakeAxesOfNoneAndOneOrRefuseThem(string name)
    {
        LayerCase item = LayerCases.Of(name);
        for (int axis = 0; axis < item.Input.Rank; axis++)
        {
            foreach (int size in (int[])[0, 1])
            {
                Check(item, item.Input.With(axis, size));
                Shape all = item.Input;
                for (int i = axis; i < all.Rank; i++) all = all.With(i, size);
                Check(item, all);
            }
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void LossesOfFewSamplesAreNumbersOrRefused(string name)
    {
        foreach (Shape shape in (Shape[])[[0, 3], [1, 3], [2, 1], [1, 1], [0, 1], [2, 0], [0, 3, 2], [1, 3, 0], [1, 3, 1], [0, 3, 0]])
        {
            foreach (Reduction reduction in Enum.GetValues<Reduction>())
            {
                Loss loss = Make(name, reduction);
                string what = $"{name} of {shape} by {reduction}";
                Tensor output = Tensor.Full(shape, 0.25, DType.Float64).Track();
                Tensor Target() => Tensor.Zeros(loss.TargetFor(output.Spec).Shape, loss.TargetFor(output.Spec).DType);
                Tensor? value = Given(what, () => loss.Forward(output, Target()));
                if (value is null) continue;
                // The mean of no losses is no number, as everywhere.
                bool isOfNone = reduction is Reduction.Mean or Reduction.MeanOverSamples && value.Shape == Shape.Scalar
                    && loss.Elements(output, Target()).Losses is var each
                    && (reduction == Reduction.Mean ? each.Count == 0 : each.Shape[0] == 0);
                if (isOfNone) Assert.True(double.IsNaN(value.Item()), what);
                if (isOfNone) continue;
                Assert.All(value.Detach().ToArray<double>(), number => Assert.True(double.IsFinite(number), $"{what} is {number}"));
                Tensor gradient = Gradient.Of(value.Sum(), output);
                Assert.All(
                    gradient.ToArray<double>(), number => Assert.True(double.IsFinite(number), $"the gradient of {what} is {number}"));
            }
        }
    }

    private static void Check(LayerCase item, Shape shape)
    {
        foreach (bool trains in (bool[])[false, true])
        {
            string what = $"{item.Name} of {shape}{(trains ? " in training" : "")}";
            Module layer = Fresh(item, trains), again = Fresh(item, trains);
            Tensor x = InputOf(item, shape);
            x.RequiresGrad = x.DType.IsFloat && !item.AreCodes;
            Tensor? y = Given(what, () => layer.Forward(x));
            if (y is not null && y.RequiresGrad)
            {
                Tensor[] leaves = [.. x.RequiresGrad ? [x] : Array.Empty<Tensor>(), .. layer.Parameters()];
                Tensor[]? gradients = Given(what, () => Gradient.Of(y.Sum(), leaves));
                Assert.True(gradients is not null, $"{what} has a result and no gradient");
                Assert.Equal(leaves.Select(leaf => leaf.Shape), gradients.Select(gradient => gradient.Shape));
            }
            Tensor? recorded = Given(what, () => trains
                ? Graph.Trace(again.Forward, x.Spec).Evaluate(x.Detach())[0] : Compiled.Infer(again).Run(x.Detach()));
            Assert.True(y is null == recorded is null, $"{what} is refused only {(y is null ? "one by one" : "recorded")}");
            if (y is null) continue;
            Assert.Equal(y.Shape, recorded!.Shape);
            Assert.Equal(y.Detach().ToArray<float>(), recorded.ToArray<float>());
        }
    }

    private static Module Fresh(LayerCase item, bool trains)
    {
        Module layer = item.Make();
        if (trains) layer.Train();
        else layer.Eval();
        layer.Noise = new Rng(7, RngStreams.Dropout);
        return layer;
    }

    private static Tensor InputOf(LayerCase item, Shape shape) => item.Classes is { } classes
        ? Tensor.From<long>([.. Enumerable.Range(0, shape.Count).Select(i => i * 7L % classes)], shape)
            .Cast(item.AreCodes ? DType.Float32 : DType.Int64)
        : Input.Between(-2, 2, shape, item.Kinks).Make(DType.Float32);

    private static T? Given<T>(string what, Func<T> run) where T : class
    {
        try
        {
            return run();
        }
        catch (ArgumentException refused)
        {
            Assert.True(Hostile.IsSentence(refused.Message), $"{what}: {refused}");
            return null;
        }
        catch (Exception fault)
        {
            Assert.Fail($"{what}: {fault}");
            throw;
        }
    }

    private static Loss Make(string name, Reduction reduction) => name switch
    {
        "nll" => new NllLoss { Reduction = reduction },
        "focal" => new FocalLoss { Reduction = reduction },
        "hinge" => new HingeLoss { Reduction = reduction },
        "kl" => new KlDivLoss { Reduction = reduction },
        "cosine" => new CosineLoss { Reduction = reduction },
        "sequence" => new SequenceLoss(new MseLoss { Reduction = Reduction.None }) { Reduction = reduction },
        _ => With(ReadyLosses.Make(name), reduction),
    };

    private static Loss With(Loss loss, Reduction reduction) => loss switch
    {
        MseLoss => new MseLoss { Reduction = reduction },
        L1Loss => new L1Loss { Reduction = reduction },
        HuberLoss => new HuberLoss { Reduction = reduction },
        BceLoss => new BceLoss { Reduction = reduction },
        BceWithLogitsLoss => new BceWithLogitsLoss { Reduction = reduction },
        CrossEntropyLoss => new CrossEntropyLoss { Reduction = reduction },
        _ => loss,
    };
}
