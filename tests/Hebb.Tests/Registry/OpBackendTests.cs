using Hebb.Tests.Naive;

namespace Hebb.Tests.Registry;

/// <summary>
/// Every op of the registry gives on the reference back end what it gives on the processor: values, derivatives, recorded and one by one.
/// </summary>
public class OpBackendTests
{
    // Relative to the largest number: sums in another order and other formulas for the same function differ in some units of the last
    // place.
    private const double DoubleTolerance = 1e-12, FloatTolerance = 1e-5;

    public static TheoryData<string> Names => OpCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void DoublesAgree(string name) => Agree(name, op => Eager(op, DType.Float64, secondToo: true));

    [Theory, MemberData(nameof(Names))]
    public void FloatsAgree(string name) => Agree(name, op => Eager(op, DType.Float32, secondToo: false));

    [Theory, MemberData(nameof(Names))]
    public void ViewsAgree(string name) => Agree(name, op => Eager(op, DType.Float64, secondToo: false, Layout.Transposed));

    [Theory, MemberData(nameof(Names))]
    public void PlansAgree(string name)
    {
        OpCase op = OpCases.Find(name);
        Tensor[] inputs = [.. op.Inputs.Select(input => input.Make(DType.Float64))];
        if (op.ReadsValues) Assert.Throws<TraceException>(() => Recorded(op, inputs));
        else Agree(name, _ => Recorded(op, inputs).Evaluate(inputs));
    }

    private static void Agree(string name, Func<OpCase, Tensor[]> run)
    {
        OpCase op = OpCases.Find(name);
        Tensor[] expected, found;
        using (new BackendScope(ReferenceBackend.Instance)) expected = run(op);
        using (new BackendScope(CpuBackend.Instance)) found = run(op);
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double tolerance = expected[i].DType == DType.Float32 ? FloatTolerance : DoubleTolerance;
            Near.Assert(NumberArray.Of(expected[i]).Values, NumberArray.Of(found[i]).Values, tolerance, $"{name}, result {i}");
        }
    }

    /// <summary>The result, its gradients by all inputs, and perhaps second ones.</summary>
    private static Tensor[] Eager(OpCase op, DType dtype, bool secondToo, Layout layout = Layout.Plain)
    {
        OpRun run = OpRun.Of(op, dtype, layout: layout);
        if (!run.Result.DType.IsFloat) return [run.Result];
        Tensor[] first = [run.Result, .. run.Gradients(createGraph: false)];
        if (!secondToo || !op.Inputs.Any(input => input.IsDifferentiable)) return first;
        return [.. first, .. run.SecondGradients().Select(gradient => Tensor.From(gradient, [gradient.Length]))];
    }

    /// <summary>
    /// The result and its gradients as a graph, whose layouts are those that the kernels of the processor like, whatever it runs on.
    /// </summary>
    private static Graph Recorded(OpCase op, Tensor[] inputs)
    {
        using BackendScope scope = new(CpuBackend.Instance);
        return Graph.Trace(arguments => Differentiated(op, arguments), [.. inputs.Select(input => input.Spec)]);
    }

    internal static Tensor[] Differentiated(OpCase op, IReadOnlyList<Tensor> inputs)
    {
        Tensor[] x = [.. inputs.Select(input => input.Detach())];
        for (int i = 0; i < x.Length; i++) x[i].RequiresGrad = op.Inputs[i].IsDifferentiable && x[i].DType.IsFloat;
        Tensor result = op.Function(x);
        if (!result.RequiresGrad) return [result];
        Tensor weights = Input.Of(result.Shape, OpRun.Weights(result.Count, salt: 1)).Make(result.DType);
        return [result.Detach(), .. Gradient.Of((result * weights).SumTo([]), [.. x.Where(input => input.RequiresGrad)])];
    }
}
