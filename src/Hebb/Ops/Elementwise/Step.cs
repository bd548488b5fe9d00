using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = 1 for x &gt; 0, 0 for x &lt; 0, by the rule Tie at 0, NaN for NaN (McCulloch and Pitts, 1943); the derivative is 0.
    /// </summary>
    public readonly record struct Step(TieRule Tie) : IFlat<Step>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Select(V.Equal(x, x), V.Select(IsOn(x, Tie), V.Of(1), V.Of(0)), x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static V IsOn<V>(V x, TieRule tie) where V : struct, ILane<V> =>
            tie == TieRule.StrictGreater ? V.Less(V.Of(0), x) : V.LessOrEqual(V.Of(0), x);
    }

    /// <summary>y = 1 for x &gt; 0, -1 for x &lt; 0, by the rule Tie at 0, NaN for NaN; the derivative is 0.</summary>
    public readonly record struct SignStep(TieRule Tie) : IFlat<SignStep>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Select(V.Equal(x, x), V.Select(Hebb.Ops.Step.IsOn(x, Tie), V.Of(1), V.Of(-1)), x);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>
            /// A threshold unit: 1 for x &gt; 0, 0 for x &lt; 0, and by <paramref name="tie"/> at 0. The derivative is 0, so that nothing
            /// in front of it is trained by gradients.
            /// </summary>
            public Tensor Step(TieRule tie = TieRule.StrictGreater) => x.Apply(new Step(tie));

            /// <summary>
            /// A threshold unit with two signs: 1 for x &gt; 0, -1 for x &lt; 0, and by <paramref name="tie"/> at 0. The derivative is 0.
            /// </summary>
            public Tensor SignStep(TieRule tie = TieRule.StrictGreater) => x.Apply(new SignStep(tie));
        }
    }
}
