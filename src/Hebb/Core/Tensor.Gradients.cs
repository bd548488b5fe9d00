namespace Hebb;

public partial class Tensor
{
    private bool _requiresGrad;
    private Func<Tensor, Tensor?>[] _hooks = []; // replaced, never changed: a hook may take itself away while the hooks are called

    /// <summary>
    /// Whether gradients are computed with respect to this tensor: set on leaves, inherited by what is computed from them.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Set on a result of an op, or on a tensor that does not hold floating-point numbers.
    /// </exception>
    public bool RequiresGrad
    {
        get => _requiresGrad;
        set
        {
            if (value == _requiresGrad) return;
            if (Creator is not null)
                throw new InvalidOperationException(
                    $"RequiresGrad was set on a result of {Creator.Op.Name}, but only leaves can be marked; call Detach() first.");
            if (value && !DType.IsFloat)
                throw new InvalidOperationException(
                    $"RequiresGrad was set on a tensor {Spec}, but only floating-point tensors have gradients; Cast it first.");
            _requiresGrad = value;
        }
    }

    /// <summary>The op application that made this tensor; null for leaves and constants.</summary>
    public Node? Creator { get; private set; }

    /// <summary>
    /// dL/d(this), summed over all uses and all backward passes since the last <see cref="ZeroGrad"/>; null before the first. Kept for
    /// leaves, and for results that <see cref="RetainGrad"/> was called on.
    /// </summary>
    public Tensor? Grad { get; set; }

    internal int CreatorOutput { get; private set; }

    internal bool KeepsGrad { get; private set; }

    /// <summary>The hooks in the order in which they are called: another array whenever one comes or goes, the same one for none.</summary>
    internal Func<Tensor, Tensor?>[] Hooks => _hooks;

    /// <summary>Marks the tensor for gradients and returns it, for writing leaves in one expression.</summary>
    public Tensor Track()
    {
        RequiresGrad = true;
        return this;
    }

    /// <summary>Keeps the gradient of a result, which is otherwise let go once it has been used.</summary>
    public Tensor RetainGrad()
    {
        KeepsGrad = true;
        return this;
    }

    /// <summary>Forgets the gradient.</summary>
    public void ZeroGrad() => Grad = null;

    /// <summary>
    /// Calls a function with the gradient of this tensor once it is complete in a backward pass;
    /// what it returns (if not null) is used instead.
    /// </summary>
    /// <returns>Disposing it removes the hook. Compiled steps notice both.</returns>
    public IDisposable OnGradient(Func<Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        _hooks = [.. _hooks, hook];
        return new Unhook(this, hook);
    }

    internal void SetCreator(Node node, int output)
    {
        if (!DType.IsFloat) return;
        Creator = node;
        CreatorOutput = output;
        _requiresGrad = true;
    }

    private sealed class Unhook(Tensor tensor, Func<Tensor, Tensor?> hook) : IDisposable
    {
        private bool _isDone;

        public void Dispose()
        {
            int place = _isDone ? -1 : Array.IndexOf(tensor._hooks, hook);
            _isDone = true;
            if (place < 0) return;
            Func<Tensor, Tensor?>[] left = [.. tensor._hooks[..place], .. tensor._hooks[(place + 1)..]];
            tensor._hooks = left.Length > 0 ? left : [];
        }
    }
}
