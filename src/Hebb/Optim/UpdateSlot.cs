using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>What an optimizer keeps for one parameter.</summary>
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
                $"The optimizer's state of '{name}' is {_state[0].Spec}, but the parameter is {parameter.Spec} now; make a new optimizer after a module was converted.");
        _memory = parameter.Storage;
    }

    /// <summary>One slot for several of a group, whose parameters and states are laid side by side; null if one of them has to stay where it is.</summary>
    public static UpdateSlot? Join(UpdateSlot[] slots)
    {
        if (StepGradient.Row([.. slots.Select(slot => slot.Parameter)]) is not { } whole) return null;
        Tensor[] state = new Tensor[slots[0].States];
        for (int i = 0; i < state.Length; i++)
        {
            if (StepGradient.Row([.. slots.Select(slot => slot.State[i])]) is not { } row) return null;
            state[i] = row;
        }
        Parameter joined = new(whole);
        return new UpdateSlot(string.Join('+', slots.Select(slot => slot.Name)), joined, slots[0].Group, state.Length) { _state = state, _memory = joined.Storage };
    }

    /// <summary>Forgets all updates. Arrays that fit stay where they are.</summary>
    public void Reset()
    {
        if (_state is not null && Array.TrueForAll(_state, array => array.Shape == parameter.Shape && array.DType == parameter.DType))
        {
            foreach (Tensor array in _state) array.Assign(Tensor.Zeros([], array.DType));
        }
        else _state = null;
        Updates = _queued = 0;
    }
}
