using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// The update of one parameter by an optimizer's rule, in place. Its operands are the parameter, its states, and its gradient or what the
/// gradient is computed of. What the rule does is asked anew at each run, since rates and corrections change from step to step.
/// </summary>
/// <param name="Optimizer">Whose rule, rate and hooks say what is done.</param>
/// <param name="Slot">The parameter.</param>
/// <param name="Gradient">What computes the gradient inside the update's loop; null if it stands in memory.</param>
internal sealed record Update(Optimizer Optimizer, UpdateSlot Slot, ElementwiseExpression? Gradient = null) : IJoinableEffect, ILaneFed
{
    /// <summary>The most arrays of state: a loop also reads the parameter and its gradient.</summary>
    public const int MaxStates = ElementwiseExpression.MaxOperands - 2;

    public string Name => $"Update by {Optimizer.Rule.GetType().Name}";

    public bool Writes(int operand) => operand <= Slot.States;

    public Kernel Bind(ref OpCall call) => new Updates([this], [call.InputCount]).Bind(ref call);

    public bool Joins(IEffect next) => next is Update other && other.Optimizer == Optimizer;

    public IEffect Join(IReadOnlyList<IEffect> effects, IReadOnlyList<int> operands) => new Updates([.. effects.Cast<Update>()], operands);

    int ILaneFed.Fed => 1 + Slot.States;

    int ILaneFed.Room => ElementwiseExpression.MaxOperands - (1 + Slot.States);

    bool ILaneFed.CanTake(in TensorSpec values) => values.Shape.Rank > 0;

    bool ILaneFed.CanRead(in TensorSpec operand, in TensorSpec values) => true;

    IOp ILaneFed.Over(Func<int, ElementwiseExpression> values, in TensorSpec spec) => this with { Gradient = values(1 + Slot.States) };

    /// <summary>The rule, and what hooks do inside the loop.</summary>
    public override string ToString() => $"Update {{ {string.Join(", ", Optimizer.InsideHooks(Slot).Prepend((object)Optimizer.Rule))} }}";
}

/// <summary>The updates of several parameters as one piece of work that threads share.</summary>
/// <param name="All">The updates.</param>
/// <param name="Operands">How many operands each has.</param>
internal sealed record Updates(IReadOnlyList<Update> All, IReadOnlyList<int> Operands) : IEffect
{
    public string Name => ((IOp)All[0]).Name;

    public bool Writes(int operand)
    {
        int i = 0;
        while (operand >= Operands[i]) operand -= Operands[i++];
        return All[i].Writes(operand);
    }

    public Kernel Bind(ref OpCall call)
    {
        int at = 0;
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].Gradient is null) call.RowMajor(at + 1 + All[i].Slot.States);
            at += Operands[i];
        }
        return new UpdateKernel(All, Operands).Run;
    }
}
