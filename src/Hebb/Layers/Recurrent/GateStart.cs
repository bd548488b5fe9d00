namespace Hebb.Layers;

/// <summary>U(-bound, bound) for the biases of all gates but one, which start at a value: the forget gate's of an LSTM.</summary>
internal sealed record GateStart(double Bound, int Gate, int Units, double Value) : IInitializer
{
    public Tensor Draw(Shape shape, DType dtype, Rng rng)
    {
        Tensor drawn = Tensor.Uniform(shape, rng, -Bound, Bound, dtype);
        using (new NoGrad()) drawn.Narrow(0, Gate * Units, Units).Fill(Value);
        return drawn;
    }
}
