using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Φ(x), the distribution function of the normal distribution: Q(|x|) for x &lt; 0 and 1 - Q(x) else, where Q(a) = e^(-a²/2) q(t) with
/// t = (a - k) / (a + k), k = 3 for floats and 6 for doubles, and q is the polynomial of least greatest relative error up to a = 14.5 or 39
/// (2⁻²⁶, 2⁻⁵⁷), behind which Q vanishes. So the lower tail keeps all its digits, which 1 + erf(x/√2) loses.
/// </summary>
internal static class NormalLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normal<V>(V x, out V bell) where V : struct, ILane<V>
    {
        // The exponential multiplies the absolute error of its argument: the square comes in two parts.
        V a = V.LessOf(V.Of(V.IsDouble ? 39 : 14.5), V.Abs(x)), square = a * a, half = V.Of(-0.5);
        bell = ExpLane.ExpOfSum(square * half, V.Fma(a, a, -square) * half);
        // t = 2a / (a + k) - 1: near 0, where it counts, all of t but the last rounding is exact.
        V tail = bell * Quotient(V.Fma(a / (a + V.Of(V.IsDouble ? 6 : 3)), V.Of(2), V.Of(-1)));
        return V.SelectLess(x, V.Of(0), tail, V.Of(1) - tail);
    }

    /// <summary>Q(a) / e^(-a²/2)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient<V>(V t) where V : struct, ILane<V>
    {
        V t2 = t * t;
        V t4 = t2 * t2;
        if (!V.IsDouble)
        {
            V q = Polynomial.Of2(t, 0.00011534457735251635, 5.355697066988796e-05);
            q = V.Fma(q, t4, Polynomial.Of4(
                t, t2, 0.006132076028734446, 0.002904691034927964, -0.0009836620884016156, -0.0003395680687390268));
            return V.Fma(q, t4, Polynomial.Of4(
                t, t2, 0.12151394784450531, -0.20640261471271515, 0.12322502583265305, -0.046213336288928986));
        }

        V p = Polynomial.Of4(
            t, t2, 3.739104224406428e-09, 4.20809443324992e-10, -3.894438973754126e-10, -7.938803990381837e-11);
        p = V.Fma(p, t4, Polynomial.Of4(
            t, t2, 1.1418495989483451e-07, 6.171211848128521e-08, -2.5232183175228723e-08, -4.381351602274024e-09));
        p = V.Fma(p, t4, Polynomial.Of4(
            t, t2, -2.0509368480705156e-05, 5.485614412481834e-06, 4.7672905274773857e-07, -7.163264945251781e-07));
        p = V.Fma(p, t4, Polynomial.Of4(
            t, t2, 0.0034179280122819773, -0.0010134521558509398, 0.0001803729360433003, 1.2374207488925976e-05));
        p = V.Fma(p, t4, Polynomial.Of4(
            t, t2, 0.05682315263476981, -0.0350545398255243, 0.01898767897779506, -0.00884643593118655));
        return V.Fma(p, t4, Polynomial.Of4(
            t, t2, 0.06477931432444685, -0.12319673345701898, 0.1058314934504708, -0.08190603979919751));
    }
}
