using System.Globalization;
using Hebb.Ops;

namespace Hebb.Training;

/// <summary>The share of yes-or-no answers that are right, from 0 to 1: a logit above 0 says yes, and NaN is not right.</summary>
public sealed class BinaryAccuracy : IMetric
{
    private long _right, _all;

    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public bool IsGain => true;

    /// <inheritdoc/>
    public double Value => _all == 0 ? double.NaN : (double)_right / _all;

    /// <summary>Logits, and answers in their shape, 0 and 1 or probabilities; or logits [N, 1] and int64 answers [N].</summary>
    /// <exception cref="ShapeException">Other shapes or types, or an answer that is neither 0, 1 nor a probability.</exception>
    public void Add(Tensor output, Tensor target)
    {
        target = Answers(output, target);
        double[] logits = output.Detach().Cast(DType.Float64).ToArray<double>();
        double[] wanted = target.Detach().Cast(DType.Float64).ToArray<double>();
        int wrong = Array.FindIndex(wanted, answer => !(answer is >= 0 and <= 1));
        if (wrong >= 0)
            throw new ShapeException(string.Create(CultureInfo.InvariantCulture,
                $"A metric of yes-or-no answers got the answer {wanted[wrong]}, "
                + $"but answers are 0, 1 or a probability between them; check the targets."));
        for (int i = 0; i < logits.Length; i++)
        {
            if (!double.IsNaN(logits[i]) && logits[i] > 0 == wanted[i] > 0.5) _right++;
        }
        _all += logits.Length;
    }

    /// <inheritdoc/>
    public void Reset() => _right = _all = 0;

    /// <summary>Answers as numbers in the shape of the logits.</summary>
    internal static Tensor Answers(Tensor output, Tensor target)
    {
        bool isIndexed = target.DType == DType.Int64 && target.Rank == 1 && output.Shape == [target.Count, 1];
        if (isIndexed) return target.Cast(output.DType).Unsqueeze(1);
        TargetSpecs.Require("The task of yes-or-no answers", output.Spec, target.Spec, new TensorSpec(output.DType, output.Shape));
        return target;
    }
}
