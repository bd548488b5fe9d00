namespace Hebb.Kernels;

/// <summary>
/// The moments of numbers whose sum or squares overflowed, again in units of the largest and in double; one number after the other, since
/// it is rare.
/// </summary>
internal static unsafe class FarMoments
{
    /// <summary>Whether the plain way got 1 / √(σ² + ε) from a variance within its type.</summary>
    public static bool AreNeeded<T>(W1<T> inverse) where T : unmanaged => !(W1<T>.GetLane(inverse, 0) > 0);

    /// <summary>Mean, variance (at most the largest number of the type) and 1 / √(σ² + ε); nothing where a number is not finite.</summary>
    /// <param name="x">The first number of the first run.</param>
    /// <param name="runs">How many runs there are.</param>
    /// <param name="length">Numbers of a run, side by side.</param>
    /// <param name="stride">Numbers from one run to the next.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="mean">Receives μ.</param>
    /// <param name="variance">Receives σ², unless it is null.</param>
    /// <param name="inverse">Receives 1 / √(σ² + ε).</param>
    public static void Run<T>(T* x, int runs, int length, int stride, double epsilon, T* mean, T* variance, T* inverse) where T : unmanaged
    {
        double largest = 0, sum = 0, squares = 0, count = (double)runs * length;
        for (int run = 0; run < runs; run++)
            for (int i = 0; i < length; i++) largest = Math.Max(largest, Math.Abs(At(run, i)));
        if (!double.IsFinite(largest)) return;
        for (int run = 0; run < runs; run++)
            for (int i = 0; i < length; i++) sum += At(run, i) / largest;
        double middle = sum / count;
        for (int run = 0; run < runs; run++)
        {
            for (int i = 0; i < length; i++)
            {
                double apart = (At(run, i) / largest) - middle;
                squares += apart * apart;
            }
        }
        double deviation = Math.Sqrt(squares / count) * largest, end = sizeof(T) == 4 ? float.MaxValue : double.MaxValue;
        W1<T>.Store(mean, W1<T>.Of(middle * largest));
        if (variance != null) W1<T>.Store(variance, W1<T>.Of(Math.Min(deviation * deviation, end)));
        W1<T>.Store(inverse, W1<T>.Of(1 / double.Hypot(deviation, Math.Sqrt(epsilon))));

        double At(int run, int i) => W1<T>.GetLane(W1<T>.Load(x + ((long)run * stride) + i), 0);
    }
}
