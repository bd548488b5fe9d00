using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// Runs updates: asks the rule for the lane of each, and then does all of them, which threads share where there is much to do. Nothing is
/// allocated from the second run on.
/// </summary>
internal sealed class UpdateKernel
{
    /// <summary>From how many elements on threads share the work.</summary>
    private const int Shared = 32768;

    private readonly Optimizer _optimizer;
    private readonly UpdateTarget[] _targets, _active;
    private UpdateTarget[] _singles;
    private UpdateRow[]? _rows;
    private int _count, _parts;
    private bool _haveOverlap;

    public UpdateKernel(IReadOnlyList<Update> updates, IReadOnlyList<int> operands)
    {
        _optimizer = updates[0].Optimizer;
        _targets = new UpdateTarget[updates.Count];
        for (int i = 0, first = 0; i < _targets.Length; first += operands[i++])
            _targets[i] = new UpdateTarget(updates[i].Slot, updates[i].Gradient, first, operands[i]);
        _singles = _targets;
        _active = new UpdateTarget[_targets.Length];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(in OpValues values)
    {
        if (_rows is null) Lay(values);
        (_count, _parts) = (0, 0);
        foreach (UpdateRow row in _rows!)
        {
            if (row.TryCount(_optimizer, values)) Ask(row.Target);
            else foreach (UpdateTarget member in row.Members) Begin(member, values);
        }
        foreach (UpdateTarget target in _singles) Begin(target, values);
        Go();
        foreach (UpdateTarget target in _singles) target.Forget();
    }

    /// <summary>Lays small parameters side by side, once the memory of all is known.</summary>
    private void Lay(in OpValues values)
    {
        foreach (UpdateTarget target in _targets) target.Read(values);
        // Threads would write memory that parameters share, such as parts of one tensor, at the same time.
        _haveOverlap = Tensor.HaveOverlap(_targets.Select(target => target.Operands[0]));
        _rows = UpdateRow.Over(_targets);
        _singles = [.. _targets.Except(_rows.SelectMany(row => row.Members))];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Begin(UpdateTarget target, in OpValues values)
    {
        if (target.Slot.TakeRest()) return;
        target.Read(values);
        target.IsChanged = _optimizer.Change(target.Slot, out target.Change);
        target.Slot.Updates++;
        Ask(target);
        target.Slot.Parameter.Storage.Touch();
    }

    /// <summary>Asks the rule for a lane; a rule that gives none leaves the parameter as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Ask(UpdateTarget target)
    {
        target.Loop = null;
        _optimizer.Rule.Apply(new UpdateStep(target, _optimizer.LearningRateOf(target.Slot)));
        if (target.Loop is null) return;
        target.FirstPart = _parts;
        _active[_count++] = target;
        _parts += target.Parts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Go()
    {
        long elements = 0;
        for (int i = 0; i < _count; i++) elements += _active[i].Count;
        if (elements < Shared || _haveOverlap)
        {
            for (int i = 0; i < _count; i++) _active[i].RunAll();
            return;
        }
        Job job = new(this);
        Team.Run(_parts, ref job);
    }

    private void Run(int part)
    {
        int i = _count - 1;
        while (_active[i].FirstPart > part) i--;
        _active[i].Run(part - _active[i].FirstPart);
    }

    private readonly struct Job(UpdateKernel kernel) : IJob
    {
        public void Run(int chunk) => kernel.Run(chunk);
    }
}
