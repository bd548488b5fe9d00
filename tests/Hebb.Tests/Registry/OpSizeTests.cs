using Hebb.Tests.Naive;
using Hebb.Tests.Sizes;

namespace Hebb.Tests.Registry;

/// <summary>
/// Every op of the registry with an axis of 0 and of 1 at every place of every input, alone and together with the axes that are as long:
/// what it gives is what naive loops give, values and derivatives, one by one and recorded; or it refuses, in a sentence.
/// </summary>
public class OpSizeTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Names => OpCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void AxesOfNoneAndOneGiveWhatNaiveLoopsGive(string name)
    {
        OpCase op = OpCases.Find(name);
        foreach (Input[] inputs in Variants(op.Inputs)) Compare(op with { Inputs = inputs });
    }

    private static void Compare(OpCase op)
    {
        Tensor[]? expected = Given(op, () => Run(op, ReferenceBackend.Instance)), found = Given(op, () => Run(op, CpuBackend.Instance));
        Assert.True(expected is null == found is null, $"{op} is refused on one back end alone");
        if (expected is null) return;
        Same(op, expected, found!);
        if (!op.ReadsValues) Same(op, expected, Recorded(op));
        if (expected.Length > 1) Twice(op);
    }

    /// <summary>Second derivatives have the shapes of what they belong to; their values are compared at usual sizes.</summary>
    private static void Twice(OpCase op)
    {
        OpRun run = OpRun.Of(op, DType.Float64);
        Exception? fault = Record.Exception(() =>
        {
            double[][] second = run.SecondGradients();
            Assert.Equal(op.Inputs.Select(input => input.Values.Length), second.SkipLast(1).Select(values => values.Length));
        });
        Assert.True(fault is null, $"{op}: {fault}");
    }

    /// <summary>What a run gives; null if it is refused in a sentence.</summary>
    private static Tensor[]? Given(OpCase op, Func<Tensor[]> run)
    {
        try
        {
            return run();
        }
        catch (ArgumentException refused)
        {
            Assert.True(Hostile.IsSentence(refused.Message), $"{op}: {refused}");
            return null;
        }
        catch (Exception fault)
        {
            Assert.Fail($"{op}: {fault}");
            throw;
        }
    }

    private static Tensor[] Run(OpCase op, IBackend backend)
    {
        using BackendScope scope = new(backend);
        OpRun run = OpRun.Of(op, DType.Float64);
        return run.Result.RequiresGrad ? [run.Result, .. Learned(op, run.Gradients(createGraph: false))] : [run.Result];
    }

    private static IEnumerable<Tensor> Learned(OpCase op, Tensor[] gradients) =>
        gradients.Where((_, i) => op.Inputs[i].IsDifferentiable && op.Inputs[i].Fixed is null);

    private static Tensor[] Recorded(OpCase op)
    {
        Tensor[] inputs = [.. op.Inputs.Select(input => input.Make(DType.Float64))];
        Graph graph = Graph.Trace(arguments => OpBackendTests.Differentiated(op, arguments), [.. inputs.Select(input => input.Spec)]);
        return graph.Evaluate(inputs);
    }

    private static void Same(OpCase op, Tensor[] expected, Tensor[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Shape, found[i].Shape);
            Near.Assert(NumberArray.Of(expected[i]).Values, NumberArray.Of(found[i]).Values, Tolerance, $"{op}, result {i}");
        }
    }

    private static IEnumerable<Input[]> Variants(Input[] inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            for (int axis = 0; axis < inputs[i].Shape.Rank; axis++)
            {
                foreach (int size in (int[])[0, 1])
                {
                    (int at, int place, int before) = (i, axis, inputs[i].Shape[axis]);
                    yield return [.. inputs.Select((input, k) => Resized(input, (a, _) => k == at && a == place, size))];
                    yield return [.. inputs.Select(input => Resized(input, (_, length) => length == before, size))];
                    yield return [.. inputs.Select(input => Resized(input, (a, _) => a == place, size))];
                }
            }
        }
    }

    /// <summary>The input with some axes of another size: the first of its numbers, or zeros where they are places.</summary>
    private static Input Resized(Input input, Func<int, int, bool> isChanged, int size)
    {
        int[] sizes = [.. input.Shape.AsSpan().ToArray().Select((length, axis) => isChanged(axis, length) ? size : length)];
        Shape shape = new(sizes.AsSpan());
        double[] values = new double[shape.Count];
        for (int i = 0; i < values.Length && input.Fixed != DType.Int64; i++)
            values[i] = input.Values.Length == 0 ? 0.5 : input.Values[i % input.Values.Length];
        return input with { Shape = shape, Values = values };
    }
}
