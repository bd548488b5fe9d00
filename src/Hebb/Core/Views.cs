namespace Hebb;

/// <summary>Writing to the elements that a view of a tensor shows, without making the view.</summary>
internal static class Views
{
    /// <summary>The kernel that writes an operand to the elements of the result that a view of the result shows.</summary>
    public static Kernel Put<TView>(int input, in TensorSpec x, in TensorSpec y, TView view) where TView : struct, IView
    {
        (TensorSpec part, int offset) = view.View(y);
        return x.Shape.Count == 0 ? static (in _) => { } : Copies.Into(input, x, part, offset);
    }
}
