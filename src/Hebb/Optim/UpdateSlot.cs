using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>What an optimiser keeps for one parameter.</summary>
internal sealed class UpdateSlot(string name, Parameter parameter, ParameterGroup group, int states)
{
    private Tensor[]? _state;
    private Storage? _memory;
    private long _queued;

    public string Name => name;

    public Parameter Parameter => parameter;

    public ParameterGroup Group => group;

    public int States => states;

    /// <summary>How many updates the parameter has had, this one included.</summary>
    public long Updates { get; set; }

    /// <summary>The rule's arrays; made at the first update, since a layer may leave its input size open until then.</summary>
    public Tensor[] State
    {
        get
        {
            if (_state is null || _memory != parameter.Storage) Fit();
            return _state!;
        }
    }

    /// <summary>Notes that this update has its lane; false if it had one before.</summary>
    public bool TryQueue()
    {
        bool isFirst = _queued != Updates;
        _queued = Updates;
        return isFirst;
    }

    /// <summary>Whether the parameter takes part in this step.</summary>
    public bool IsMoving => parameter.RequiresGrad && parameter.Grad is not null;

    /// <summary>Makes the arrays, or sees that they still fit when the parameter has got other memory.</summary>
    private void Fit()
    {
        if (_state is null)
        {
            _state = new Tensor[states];
            for (int i = 0; i < states; i++) _state[i] = Tensor.Zeros(parameter.Shape, parameter.DType);
        }
        if (states > 0 && (_state[0].Shape != parameter.Shape || _state[0].DType != parameter.DType))
            throw new InvalidOperationException(
                $"The optimiser's state of '{name}' is {_state[0].Spec}, but the parameter is {parameter.Spec} now; make a new optimiser after a module was converted.");
        _memory = parameter.Storage;
    }

    /// <summary>Forgets all updates.</summary>
    public void Reset()
    {
        _state = null;
        Updates = _queued = 0;
    }
}
