namespace Hebb.Ops;

/// <summary>The targets that losses and metrics take, and how others become such.</summary>
internal static class TargetSpecs
{
    /// <summary>Refuses targets of another type or shape than the wanted one.</summary>
    /// <param name="name">Who wants them.</param>
    /// <param name="output">What they belong to.</param>
    /// <param name="target">What was given.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <exception cref="ShapeException">Always if they differ; the message says how to mend it.</exception>
    public static void Require(string name, in TensorSpec output, in TensorSpec target, in TensorSpec wanted)
    {
        if (!AreAlike(target, wanted))
            throw new ShapeException($"{name} got the output {output} and the target {target}, but needs a target {wanted}; "
                + (Change(target, wanted) ?? "give one like each output."));
    }

    /// <summary>Refuses targets that are neither the numbers of classes nor, where those are taken, probabilities.</summary>
    /// <param name="name">Who wants them.</param>
    /// <param name="scores">The scores of the classes.</param>
    /// <param name="target">What was given.</param>
    /// <param name="axis">Along which axis of the scores the classes lie.</param>
    /// <param name="takesShares">Whether probabilities of all classes are taken too.</param>
    /// <exception cref="ShapeException">There are no scores of classes, or other targets; the message says how to mend it.</exception>
    public static void RequireClasses(string name, in TensorSpec scores, in TensorSpec target, int axis = 1, bool takesShares = false)
    {
        if (scores.Shape.Rank <= axis)
            throw new ShapeException($"{name} got the output {scores}, but needs scores of classes [N, C, ...]; give it a batch.");
        TensorSpec numbers = new(DType.Int64, scores.Shape.Without(axis)), shares = new(scores.DType, scores.Shape);
        if (AreAlike(target, numbers) || (takesShares && AreAlike(target, shares))) return;
        string mend = target.Shape != scores.Shape ? Change(target, numbers) ?? "give one class for each sample."
            : takesShares ? $"for probabilities call Cast(DType.{shares.DType}) on the target, for class numbers ArgMax({axis})."
            : $"if the classes are marked along axis {axis}, call ArgMax({axis}) on the target.";
        throw new ShapeException($"{name} got the output {scores} and the target {target}, but needs class numbers {numbers}"
            + $"{(takesShares ? $" or probabilities {shares}" : "")}; {mend}");
    }

    private static bool AreAlike(in TensorSpec a, in TensorSpec b) => a.DType == b.DType && a.Shape == b.Shape;

    /// <summary>The calls that make the wanted target; null if it has another number of elements.</summary>
    private static string? Change(in TensorSpec target, in TensorSpec wanted)
    {
        if (target.Shape.Count != wanted.Shape.Count) return null;
        string reshape = target.Shape == wanted.Shape ? "" : $".Reshape({wanted.Shape})",
            cast = target.DType == wanted.DType ? "" : $".Cast(DType.{wanted.DType})";
        return $"call target{reshape}{cast}.";
    }
}
