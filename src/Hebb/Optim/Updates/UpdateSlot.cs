using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>What an optimizer keeps for one parameter.</summary>
internal sealed class UpdateSlot(string name, Parameter parameter, ParameterGroup group, int states)
{
    private Tensor[]? _state;
    private Storage? _memory;

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

    /// <summary>Lets hooks see the gradient of a recording as the parameter's own.</summary>
    public void Show(Tensor gradient)
    {
        parameter.Grad = gradient;
        IsShown = true;
    }

    /// <summary>Whether the parameter has a gradient of a recording, whose memory the next step overwrites.</summary>
    public bool IsShown { get; private set; }

    /// <summary>Takes the gradient of a recording from the parameter.</summary>
    public void Hide()
    {
        if (IsShown) parameter.Grad = null;
        IsShown = IsResting = false;
    }

    /// <summary>Whether the rule's arrays have been made.</summary>
    public bool HasState => _state is not null;

    /// <summary>Whether the parameter takes part in this step.</summary>
    public bool IsMoving => parameter.RequiresGrad && parameter.Grad is not null;

    /// <summary>Whether a hook has taken the gradient away, so that the next update leaves the parameter as it is.</summary>
    public bool IsResting { get; set; }

    /// <summary>Whether the parameter rests at this update; it moves again at the next.</summary>
    public bool TakeRest()
    {
        bool rests = IsResting;
        IsResting = false;
        return rests;
    }

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
                $"The optimizer's state of '{name}' is {_state[0].Spec}, but the parameter is {parameter.Spec} now; "
                + "make a new optimizer after a module was converted.");
        _memory = parameter.Storage;
    }

    /// <summary>A gradient as the update reads it: of the parameter's type and shape, without gaps.</summary>
    public Tensor Fitting(Tensor gradient)
    {
        if (gradient.Shape != parameter.Shape || gradient.DType != parameter.DType)
            throw new InvalidOperationException(
                $"The gradient of '{name}' is {gradient.Spec}, but the parameter is {parameter.Spec}; "
                + "give it a gradient of its type and shape.");
        return gradient.IsContiguous ? gradient : gradient.Detach().Contiguous();
    }

    /// <summary>Forgets all updates. Arrays that fit stay where they are.</summary>
    public void Reset()
    {
        if (_state is not null && Array.TrueForAll(_state, array => array.Shape == parameter.Shape && array.DType == parameter.DType))
        {
            foreach (Tensor array in _state) array.Assign(Tensor.Zeros([], array.DType));
        }
        else _state = null;
        Updates = 0;
    }
}
