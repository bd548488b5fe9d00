namespace Hebb.Tests.Registry;

/// <summary>A run of an op case: its result, and the loss Σ w ∘ result with fixed weights w.</summary>
public sealed class OpRun
{
    private readonly OpCase _op;
    private readonly Tensor[] _inputs;
    private readonly Tensor _weights;

    private OpRun(OpCase op, Tensor[] inputs, Tensor result, Tensor weights)
    {
        _op = op;
        _inputs = inputs;
        Result = result;
        _weights = weights;
    }

    public Tensor Result { get; }

    /// <summary>L = Σ w ∘ result</summary>
    public Tensor Loss => (Result * _weights).SumTo([]);

    /// <summary>Runs a case, perhaps with other values for one input; the number after the last input's means the weights.</summary>
    public static OpRun Of(OpCase op, DType dtype, int moved = -1, double[]? values = null, Layout layout = Layout.Plain)
    {
        Tensor[] inputs = new Tensor[op.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = op.Inputs[i].Make(i == moved ? values! : op.Inputs[i].Values, dtype, layout);
            if (op.Inputs[i].IsDifferentiable && inputs[i].DType.IsFloat) inputs[i].RequiresGrad = true;
        }
        Tensor result = op.Function(inputs);
        double[] weights = moved == inputs.Length ? values! : Weights(result.Count, salt: 1);
        Tensor w = Input.Of(result.Shape, weights).Make(result.DType.IsFloat ? result.DType : dtype);
        w.RequiresGrad = true;
        return new OpRun(op, inputs, result, w);
    }

    /// <summary>Fixed numbers between 0.5 and 1.5 in magnitude, of both signs.</summary>
    public static double[] Weights(int count, int salt)
    {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            int hash = ((i + 1) * 7919 * (salt + 2)) % 1009;
            weights[i] = (0.5 + (Math.Round(hash / 1009.0 * 4096) / 4096)) * (hash % 3 == 0 ? -1 : 1);
        }
        return weights;
    }

    /// <summary>dL/d(input) for each input; zeros for those that have none.</summary>
    public Tensor[] Gradients(bool createGraph) => Gradient.Of(Loss, _inputs, retainGraph: true, createGraph: createGraph);

    /// <summary>Σ v ∘ dL/d(input) over all differentiable inputs, with fixed v: a function of the inputs and the weights.</summary>
    public Tensor Directional(bool createGraph)
    {
        Tensor[] gradients = Gradients(createGraph);
        Tensor sum = Tensor.Zeros([], DType.Float64);
        for (int i = 0; i < gradients.Length; i++)
        {
            if (_op.Inputs[i].IsDifferentiable) sum += (gradients[i] * Input.Of(
                gradients[i].Shape, Weights(gradients[i].Count, salt: i + 2)).Make(DType.Float64)).SumTo([]);
        }
        return sum;
    }

    /// <summary>The gradients of <see cref="Directional"/> by each input and, last, by the weights.</summary>
    public double[][] SecondGradients()
    {
        Tensor[] all = [.. _inputs, _weights];
        Tensor sum = Directional(createGraph: true);
        return sum.RequiresGrad
            ? [.. Gradient.Of(sum, all).Select(gradient => NumberArray.Of(gradient).Values)]
            : [.. all.Select(tensor => new double[tensor.Count])];
    }
}
