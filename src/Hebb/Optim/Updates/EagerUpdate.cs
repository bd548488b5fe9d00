using System.Runtime.CompilerServices;

namespace Hebb.Optim;

/// <summary>The updates of a step outside of a recording. The kernel is bound anew where another set of parameters moves.</summary>
internal sealed class EagerUpdate(Optimizer optimizer)
{
    private UpdateSlot[] _moving = [];
    private TensorSpec[] _specs = [];
    private Tensor?[] _operands = [];
    private IBackend? _backend;
    private Kernel? _kernel;

    /// <summary>The parameters that moved last.</summary>
    public UpdateSlot[] Moving => _moving;

    /// <summary>Moves the parameters that have gradients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(UpdateSlot[] slots)
    {
        Choose(slots);
        int at = 0;
        bool isBound = _backend == EngineContext.Current.Backend;
        foreach (UpdateSlot slot in _moving)
        {
            isBound &= Add(slot.Parameter, ref at);
            foreach (Tensor state in slot.State) isBound &= Add(state, ref at);
            isBound &= Add(slot.Fitting(slot.Parameter.Grad!), ref at);
        }
        if (at == 0) return;
        if (!isBound) Bind();
        Engine.Call(_kernel!, new OpValues(_operands!, [], []));
        // Memory of gradients may be lent again.
        Array.Clear(_operands);
    }

    /// <summary>Sees which parameters move.</summary>
    private void Choose(UpdateSlot[] slots)
    {
        int count = 0;
        bool isKnown = true;
        foreach (UpdateSlot slot in slots)
        {
            if (!slot.IsMoving) continue;
            isKnown &= count < _moving.Length && _moving[count] == slot;
            count++;
        }
        if (isKnown && count == _moving.Length) return;
        _moving = [.. slots.Where(slot => slot.IsMoving)];
        _operands = new Tensor?[_moving.Sum(slot => 2 + slot.States)];
        _specs = new TensorSpec[_operands.Length];
        _backend = null;
    }

    private bool Add(Tensor tensor, ref int at)
    {
        _operands[at] = tensor;
        return _specs[at++] == tensor.Spec;
    }

    private void Bind()
    {
        for (int i = 0; i < _specs.Length; i++) _specs[i] = _operands[i]!.Spec;
        Updates updates = new([.. _moving.Select(slot => new Update(optimizer, slot))], [.. _moving.Select(slot => 2 + slot.States)]);
        OpCall call = new(_specs, []);
        _backend = EngineContext.Current.Backend;
        _kernel = _backend.Bind(updates, ref call);
    }
}
