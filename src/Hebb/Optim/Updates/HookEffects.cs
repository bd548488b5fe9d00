namespace Hebb.Optim;

/// <summary>What hooks do before any parameter moves: they see all gradients, and may change them.</summary>
/// <param name="Scope">The hooks.</param>
/// <param name="Slots">The parameters, whose gradients are the operands.</param>
internal sealed record BeforeUpdates(HookScope Scope, UpdateSlot[] Slots) : IEffect
{
    public string Name => Scope.NameOf(HookPhases.Before);

    public bool Writes(int operand) => true;

    public Kernel Bind(ref OpCall call) => Run;

    public override string ToString() => $"{Name} {{ {Scope.Describe(HookPhases.Before)} }}";

    private void Run(in OpValues values)
    {
        for (int i = 0; i < Slots.Length; i++)
        {
            if (!Slots[i].IsResting) Slots[i].Show(values.InputTensor(i));
        }
        Scope.Before(Slots);
        for (int i = 0; i < Slots.Length; i++)
        {
            // A hook may have given a parameter another gradient, or none.
            Tensor gradient = values.InputTensor(i);
            if (Slots[i].Parameter.Grad is not { } given) Slots[i].IsResting = true;
            else if (given != gradient) gradient.Assign(Slots[i].Fitting(given).Detach());
        }
    }
}

/// <summary>What hooks do when all parameters have moved.</summary>
/// <param name="Scope">The hooks.</param>
/// <param name="Slots">The parameters, which are the operands.</param>
internal sealed record AfterUpdates(HookScope Scope, UpdateSlot[] Slots) : IEffect
{
    public string Name => Scope.NameOf(HookPhases.After);

    public bool Writes(int operand) => true;

    public Kernel Bind(ref OpCall call) => Run;

    public override string ToString() => $"{Name} {{ {Scope.Describe(HookPhases.After)} }}";

    private void Run(in OpValues values) => Scope.After(Slots);
}
