using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// erf x = (2/√π) ∫₀ˣ e^(-t²) dt = 1 - e^(-g(|x|)) with the sign of x, where g(a) = -ln(1 - erf a) = a p(a)
/// and p is the polynomial that makes the relative error of the result least on [0, 4] for floats and [0, 5.95] for doubles (2⁻²⁸, 2⁻⁵⁷);
/// beyond, the result rounds to ±1.
/// </summary>
internal static class ErfLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x) where V : struct, ILane<V>
    {
        V a = V.LessOf(V.Of(V.IsDouble ? 5.95 : 4), V.Abs(x));
        // p(0) = 2/√π comes in two parts: its rounding would show in every small result.
        V g = V.Fma(a, V.Of(V.IsDouble ? 1.1283791670955126 : 1.128379225730896), a * SlopeLow(a));
        V y = ExpLane.ExpMinusAndPlusOne(-g, out _);
        return V.Abs(y) | (x & V.Of(-0.0));
    }

    /// <summary>p(a) less the high part of 2/√π.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SlopeLow<V>(V a) where V : struct, ILane<V>
    {
        V a2 = a * a;
        V a4 = a2 * a2;
        if (!V.IsDouble)
        {
            V q = V.Of(-9.333785783383064e-06);
            q = V.Fma(q, a4, Polynomial.Of4(
                a, a2, -0.00016594433691352606, 0.0016722324071452022, -0.0006355364457704127, 0.00011836370686069131));
            return V.Fma(q, a4, Polynomial.Of4(
                a, a2, -5.863538342219759e-08, 0.636619508266449, 0.10277685523033142, -0.019149813801050186));
        }

        V p = V.Of(7.897190375842554e-16);
        p = V.Fma(p, a4, Polynomial.Of4(
            a, a2, 1.256082682290834e-10, -1.2694184999631424e-11, 8.908117735813198e-13, -3.879619147767985e-14));
        p = V.Fma(p, a4, Polynomial.Of4(
            a, a2, 6.60875767082167e-08, -2.107254104964641e-08, 5.0247740192430445e-09, -9.134367338550846e-10));
        p = V.Fma(p, a4, Polynomial.Of4(
            a, a2, -1.7372265495496883e-06, 3.3317237947185766e-07, 1.3908368889614604e-07, -1.4267619764801917e-07));
        p = V.Fma(p, a4, Polynomial.Of4(
            a, a2, 6.449334979289065e-05, -2.972683706058512e-05, 3.411339809747029e-06, 2.830442626153024e-06));
        p = V.Fma(p, a4, Polynomial.Of4(
            a, a2, -0.00020919468880981667, 0.001696206345450721, -0.0005901253685047067, 2.587799721353142e-05));
        return V.Fma(p, a4, Polynomial.Of4(a, a2, 1.533545961316588e-17, 0.6366197723675828, 0.10277260330182, -0.019128447005646105));
    }
}
