using Hebb.Layers;
using Hebb.Ops;

namespace Hebb.Diagnostics;

/// <summary>What a model is made of, and what it costs.</summary>
/// <param name="Layers">The layers in the order in which they run.</param>
/// <param name="Input">The shape of the batch that was sent through.</param>
public sealed record ModelSummary(IReadOnlyList<LayerSummary> Layers, Shape Input)
{
    /// <summary>Numbers that training changes.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Floating-point operations of a forward pass over the batch.</summary>
    public double Flops => Layers.Sum(layer => layer.Flops);

    /// <summary>Memory of all results, which training keeps until the backward pass.</summary>
    public long TrainingBytes => Layers.Sum(layer => layer.Bytes);

    /// <summary>Memory of the largest two results that follow each other, which inference needs at once.</summary>
    public long InferenceBytes => Layers.Count == 0 ? 0 : Layers.Zip(Layers.Skip(1), (a, b) => a.Bytes + b.Bytes).DefaultIfEmpty(Layers[0].Bytes).Max();

    /// <summary>Sends a batch of zeros through a model in evaluation mode, layer by layer, and counts.</summary>
    /// <param name="model">The model; a Sequential shows its parts, anything else is one line.</param>
    /// <param name="input">The shape of one input, without the batch.</param>
    /// <param name="batch">Samples in the batch.</param>
    /// <exception cref="ShapeException">The model does not take such inputs.</exception>
    public static ModelSummary Of(Module model, Shape input, int batch = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        bool wasTraining = model.IsTraining;
        Shape shape = input.Insert(0, batch);
        Walk walk = new();
        model.Eval();
        try
        {
            using (new NoGrad()) walk.Through("", model, Tensor.Zeros(shape));
        }
        finally
        {
            if (wasTraining) model.Train();
        }
        return new ModelSummary(walk.Layers, shape);
    }

    private sealed class Walk : IRecorder
    {
        private readonly HashSet<Parameter> _seen = [];
        private double _flops;
        private long _bytes;
        private int _field = 1;
        private int _jump = 1;
        private bool _slides;

        public List<LayerSummary> Layers { get; } = [];

        public Tensor Through(string name, Module module, Tensor x)
        {
            if (module is Sequential)
            {
                foreach ((string part, Module child) in module.Children) x = Through(name.Length == 0 ? part : $"{name}.{part}", child, x);
                return x;
            }
            (_flops, _bytes) = (0, 0);
            Tensor y;
            using (new Recording(this)) y = module.Forward(x);
            long parameters = module.Parameters().Where(_seen.Add).Sum(parameter => (long)parameter.Count);
            Layers.Add(new LayerSummary(name, module.ToString(), y.Shape, parameters, _slides ? _field : 0, _flops, _bytes));
            return y;
        }

        public void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            TensorSpec[] from = Specs(inputs), to = Specs(outputs);
            _flops += op.Flops(from, to);
            if (op is not IView) _bytes += (long)outputs[0].Count * outputs[0].DType.Size;
            switch (op)
            {
                case Hebb.Ops.Conv2d conv: Slide(inputs[1].Shape[2], conv.Window.StrideH, conv.Window.DilationH); break;
                case MaxPool pool: Slide(pool.Window.KernelH, pool.Window.StrideH, 1); break;
                case AveragePool pool: Slide(pool.Window.KernelH, pool.Window.StrideH, 1); break;
                default: _slides &= outputs[0].Rank == 4; break;
            }
        }

        private void Slide(int kernel, int stride, int dilation)
        {
            _field += (kernel - 1) * dilation * _jump;
            _jump *= stride;
            _slides = true;
        }

        private static TensorSpec[] Specs(ReadOnlySpan<Tensor> tensors)
        {
            TensorSpec[] specs = new TensorSpec[tensors.Length];
            for (int i = 0; i < specs.Length; i++) specs[i] = tensors[i].Spec;
            return specs;
        }
    }
}
