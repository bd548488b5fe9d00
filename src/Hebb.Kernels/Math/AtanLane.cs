using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// arctan x = arctan t, or π/2 - arctan t with t = 1/|x| where |x| &gt; 1, with the sign of x; arctan t = t + t³ p(t²) on [0, 1]
/// (relative error 2⁻²⁶ float, 2⁻⁵⁸ double).
/// </summary>
internal static class AtanLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Atan<V>(V x) where V : struct, ILane<V>
    {
        V a = V.Abs(x), one = V.Of(1), zero = V.Of(0);
        V t = V.SelectLess(one, a, -one, a) / V.SelectLess(one, a, a, one);
        V t2 = t * t;
        // π/2 in two parts.
        V high = V.SelectLess(one, a, V.Of(V.IsDouble ? 1.5707963267948966 : 1.5707963705062866), zero);
        V low = V.SelectLess(one, a, V.Of(V.IsDouble ? 6.123233995736766e-17 : -4.371138828673793e-08), zero);
        V y = high + (t + V.Fma(t * t2, Cubic(t2), low));
        return y | (x & V.Of(-0.0));
    }

    /// <summary>(arctan t - t) / t³ at z = t²</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Cubic<V>(V z) where V : struct, ILane<V>
    {
        V z2 = z * z;
        V z4 = z2 * z2;
        if (!V.IsDouble)
        {
            V q = Polynomial.Of4(z, z2, -0.07551988959312439, 0.04320932924747467, -0.01636643148958683, 0.0029203302692621946);
            return V.Fma(q, z4, Polynomial.Of4(z, z2, -0.33333152532577515, 0.19993768632411957, -0.14211024343967438, 0.1066589206457138));
        }

        V p = Polynomial.Of4(z, z2, -0.0028856186007685126, 0.0008315616153402924, -0.00015221134701700183, 1.3230000045383446e-05);
        p = V.Fma(p, z4, Polynomial.Of4(z, z2, -0.029905797362377296, 0.021987131456729644, -0.013902620858171715, 0.007197909685690434));
        p = V.Fma(p, z4, Polynomial.Of4(z, z2, -0.0525352708731884, 0.04722349253704853, -0.04219245598640304, 0.03664319589068596));
        p = V.Fma(p, z4, Polynomial.Of4(z, z2, -0.09090907008019655, 0.07692279891171451, -0.06666404439202588, 0.05880529888648275));
        return V.Fma(p, z4, Polynomial.Of4(z, z2, -0.3333333333333307, 0.19999999999951756, -0.14285714282588569, 0.11111111007355803));
    }
}
