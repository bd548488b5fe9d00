namespace Hebb.Kernels;

/// <summary>
/// Softmax along one axis of an array [outer, axis, inner] and the cross-entropy of its result in one: loss = ln Σⱼ e^(xⱼ) - x_t for a
/// class index t, or -Σᵢ qᵢ ln pᵢ for target probabilities q. Each column (all indices but that of the axis) has its own loss. The results
/// do not depend on the lane width or on the number of threads, and nothing overflows.
/// </summary>
internal static unsafe class SoftmaxCrossEntropy
{
    /// <summary>lossₖ = ln Σⱼ e^(xⱼₖ) - x_tₖ with t = classes[k]</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The scores, [outer, axis, inner].</param>
    /// <param name="classes">The classes, [outer, inner], each from 0 to axis - 1 or <paramref name="ignored"/>.</param>
    /// <param name="loss">The losses, [outer, inner]; 0 where the class is ignored.</param>
    /// <param name="probabilities">
    /// The softmax of the scores, as long as they, or empty where it is not wanted. It may be the scores' memory.
    /// </param>
    /// <param name="outer">The product of the sizes before the axis.</param>
    /// <param name="axis">The size of the axis: the number of classes.</param>
    /// <param name="inner">The product of the sizes behind the axis.</param>
    /// <param name="ignored">The class index that marks a column without a target.</param>
    /// <exception cref="ArgumentException">A length does not fit the sizes, or a class is out of range.</exception>
    public static void Forward<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<long> classes, Span<T> loss, Span<T> probabilities, int outer, int axis, int inner,
        long ignored = ClassTargets.None)
        where T : unmanaged
    {
        Softmax.Check(x.Length, "input", outer, axis, inner);
        Softmax.Check(classes.Length, "list of classes", outer, 1, inner);
        Softmax.Check(loss.Length, "loss", outer, 1, inner);
        if (!probabilities.IsEmpty) Softmax.Check(probabilities.Length, "array of probabilities", outer, axis, inner);
        ClassTargets.Check(classes, axis, ignored);
        loss.Clear();
        fixed (T* px = x, pl = loss, py = probabilities)
        fixed (long* pc = classes)
            ColumnWalk<ClassLossBody<T>, T>.Run(new(axis, pc, ignored, pl), px, null, py, outer, axis, inner);
    }

    /// <summary>dxᵢₖ = (pᵢₖ - [i = classes[k]]) gₖ; 0 in an ignored column.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="probabilities">
    /// The probabilities that <see cref="Forward{T}(ReadOnlySpan{T}, ReadOnlySpan{long}, Span{T}, Span{T}, int, int, int, long)"/> gave.
    /// </param>
    /// <param name="classes">The classes, [outer, inner].</param>
    /// <param name="gradient">g, the gradient with respect to each loss, [outer, inner].</param>
    /// <param name="dx">The gradient with respect to the scores; it may be the probabilities' memory.</param>
    /// <param name="outer">The product of the sizes before the axis.</param>
    /// <param name="axis">The size of the axis: the number of classes.</param>
    /// <param name="inner">The product of the sizes behind the axis.</param>
    /// <param name="ignored">The class index that marks a column without a target.</param>
    /// <exception cref="ArgumentException">A length does not fit the sizes, or a class is out of range.</exception>
    public static void Backward<T>(
        ReadOnlySpan<T> probabilities, ReadOnlySpan<long> classes, ReadOnlySpan<T> gradient, Span<T> dx, int outer, int axis, int inner,
        long ignored = ClassTargets.None) where T : unmanaged
    {
        Softmax.Check(probabilities.Length, "array of probabilities", outer, axis, inner);
        Softmax.Check(classes.Length, "list of classes", outer, 1, inner);
        Softmax.Check(gradient.Length, "loss gradient", outer, 1, inner);
        Softmax.Check(dx.Length, "input gradient", outer, axis, inner);
        ClassTargets.Check(classes, axis, ignored);
        fixed (T* pp = probabilities, pg = gradient, pdx = dx)
        fixed (long* pc = classes)
            ColumnWalk<ClassLossGradientBody<T>, T>.Run(new(axis, pc, ignored, pg), pp, null, pdx, outer, axis, inner);
    }

    /// <summary>lossₖ = -Σᵢ qᵢₖ ln pᵢₖ with p the softmax of x</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The scores, [outer, axis, inner].</param>
    /// <param name="targets">q, as long as the scores; a column need not add up to 1.</param>
    /// <param name="loss">The losses, [outer, inner].</param>
    /// <param name="probabilities">
    /// The softmax of the scores, as long as they, or empty where it is not wanted. It may be the scores' memory.
    /// </param>
    /// <param name="outer">The product of the sizes before the axis.</param>
    /// <param name="axis">The size of the axis: the number of classes.</param>
    /// <param name="inner">The product of the sizes behind the axis.</param>
    /// <exception cref="ArgumentException">A length does not fit the sizes.</exception>
    public static void Forward<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> targets, Span<T> loss, Span<T> probabilities, int outer, int axis, int inner) where T : unmanaged
    {
        Softmax.Check(x.Length, "input", outer, axis, inner);
        Softmax.Check(targets.Length, "array of targets", outer, axis, inner);
        Softmax.Check(loss.Length, "loss", outer, 1, inner);
        if (!probabilities.IsEmpty) Softmax.Check(probabilities.Length, "array of probabilities", outer, axis, inner);
        loss.Clear();
        fixed (T* px = x, pq = targets, pl = loss, py = probabilities)
            ColumnWalk<DistributionLossBody<T>, T>.Run(new(axis, pl), px, pq, py, outer, axis, inner);
    }

    /// <summary>dxᵢₖ = (pᵢₖ Σⱼ qⱼₖ - qᵢₖ) gₖ</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="probabilities">The probabilities that the forward pass gave.</param>
    /// <param name="targets">q, as long as the probabilities.</param>
    /// <param name="gradient">g, the gradient with respect to each loss, [outer, inner].</param>
    /// <param name="dx">The gradient with respect to the scores; it may be the probabilities' memory.</param>
    /// <param name="outer">The product of the sizes before the axis.</param>
    /// <param name="axis">The size of the axis: the number of classes.</param>
    /// <param name="inner">The product of the sizes behind the axis.</param>
    /// <exception cref="ArgumentException">A length does not fit the sizes.</exception>
    public static void Backward<T>(
        ReadOnlySpan<T> probabilities, ReadOnlySpan<T> targets, ReadOnlySpan<T> gradient, Span<T> dx, int outer, int axis, int inner)
        where T : unmanaged
    {
        Softmax.Check(probabilities.Length, "array of probabilities", outer, axis, inner);
        Softmax.Check(targets.Length, "array of targets", outer, axis, inner);
        Softmax.Check(gradient.Length, "loss gradient", outer, 1, inner);
        Softmax.Check(dx.Length, "input gradient", outer, axis, inner);
        fixed (T* pp = probabilities, pq = targets, pg = gradient, pdx = dx)
            ColumnWalk<DistributionLossGradientBody<T>, T>.Run(new(axis, pg), pp, pq, pdx, outer, axis, inner);
    }
}
