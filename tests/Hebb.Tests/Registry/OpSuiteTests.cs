using Hebb.Ops;
namespace Hebb.Tests.Registry;

/// <summary>
/// What every op of the registry must hold: values, first and second derivatives, precision, layouts, printing and equality.
/// </summary>
public class OpSuiteTests
{
    public static TheoryData<string> Names => OpCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void ValuesAreThoseOfTheDefinition(string name)
    {
        OpCase op = OpCases.Find(name);
        NumberArray found = NumberArray.Of(OpRun.Of(op, DType.Float64).Result);
        if (op.Truth is null) return;
        NumberArray expected = op.Truth([.. op.Inputs.Select(input => new NumberArray(input.Shape, input.Values))]);
        Assert.Equal(expected.Shape, found.Shape);
        Near.Assert(expected.Values, found.Values, op.Tolerance, name);
    }

    [Theory, MemberData(nameof(Names))]
    public void FirstDerivativesAgreeWithDifferences(string name)
    {
        OpCase op = OpCases.Find(name);
        OpRun run = OpRun.Of(op, DType.Float64);
        if (!run.Result.DType.IsFloat) return;
        for (int i = 0; i < op.Inputs.Length; i++)
        {
            if (!op.Inputs[i].IsDifferentiable) continue;
            int input = i;
            Tensor analytic = run.Gradients(createGraph: false)[i];
            Assert.Equal(op.Inputs[i].Shape, analytic.Shape);
            Differences.Check(
                op.Inputs[i].Values, moved =>
                    OpRun.Of(op, DType.Float64, input, moved).Loss.Item(), analytic.ToArray<double>(), 1e-7, $"{name}, input {i}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void SecondDerivativesAgreeWithDifferences(string name)
    {
        OpCase op = OpCases.Find(name);
        OpRun run = OpRun.Of(op, DType.Float64);
        if (!run.Result.DType.IsFloat || !op.Inputs.Any(input => input.IsDifferentiable)) return;
        double[][] analytic = run.SecondGradients();
        for (int i = 0; i <= op.Inputs.Length; i++)
        {
            if (i < op.Inputs.Length && !op.Inputs[i].IsDifferentiable) continue;
            double[] at = i < op.Inputs.Length ? op.Inputs[i].Values : OpRun.Weights(run.Result.Count, salt: 1);
            int input = i;
            Differences.Check(
                at, moved => OpRun.Of(op, DType.Float64, input, moved).Directional(createGraph: false).Item(), analytic[i], 1e-6,
                i < op.Inputs.Length ? $"{name}, input {i}" : $"{name}, upstream");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Float32AgreesWithFloat64(string name)
    {
        OpCase op = OpCases.Find(name);
        OpRun narrow = OpRun.Of(op, DType.Float32), wide = OpRun.Of(op, DType.Float64);
        Near.Assert(NumberArray.Of(wide.Result).Values, NumberArray.Of(narrow.Result).Values, 1e-5, name);
        if (!wide.Result.DType.IsFloat) return;
        Tensor[] less = narrow.Gradients(createGraph: false), more = wide.Gradients(createGraph: false);
        for (int i = 0; i < less.Length; i++) Near.Assert(
            NumberArray.Of(more[i]).Values, NumberArray.Of(less[i]).Values, 1e-5, $"{name}, input {i}");
    }

    [Theory, MemberData(nameof(Names))]
    public void ViewsGiveWhatPlainTensorsGive(string name)
    {
        OpCase op = OpCases.Find(name);
        OpRun plain = OpRun.Of(op, DType.Float64);
        foreach (Layout layout in (Layout[])[Layout.Transposed, Layout.Sliced])
        {
            OpRun view = OpRun.Of(op, DType.Float64, layout: layout);
            Assert.Equal(plain.Result.Spec.Shape, view.Result.Shape);
            Near.Assert(NumberArray.Of(plain.Result).Values, NumberArray.Of(view.Result).Values, 1e-14, $"{name}, {layout}");
            if (!plain.Result.DType.IsFloat) continue;
            Tensor[] expected = plain.Gradients(createGraph: false), found = view.Gradients(createGraph: false);
            for (int i = 0; i < found.Length; i++) Near.Assert(
                NumberArray.Of(expected[i]).Values, NumberArray.Of(found[i]).Values, 1e-14, $"{name}, {layout}, input {i}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void TheNamedOpRunsPrintsItselfAndEqualsItsLike(string name)
    {
        OpCase op = OpCases.Find(name);
        List<IOp> first = Ops(op), second = Ops(op);
        IOp found = first.Find(run => run.GetType().Name == op.Op) ?? throw new InvalidOperationException(
            $"{name} never ran {op.Op}, only {string.Join(", ", first)}.");
        Assert.StartsWith(op.Op, found.ToString(), StringComparison.Ordinal);
        Assert.Equal(op.Op, found.Name);
        Assert.Contains(found, second);
        Assert.Equal(found.GetHashCode(), second.Find(run => run.Equals(found))!.GetHashCode());
    }

    private static List<IOp> Ops(OpCase op)
    {
        Collector collector = new();
        using (new Recording(collector))
        {
            OpRun run = OpRun.Of(op, DType.Float64);
            if (op.IsOfGradient) run.Gradients(createGraph: false);
            if (op.IsOfSecondGradient) run.SecondGradients();
        }
        return collector.Ops;
    }

    private sealed class Collector : IRecorder
    {
        public List<IOp> Ops { get; } = [];

        public void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Ops.Add(op);
    }
}
