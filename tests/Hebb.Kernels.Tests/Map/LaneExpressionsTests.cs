using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class LaneExpressionsTests
{
    [Fact]
    public void AComposedExpressionGivesTheBitsOfItsPartsOneAfterTheOther()
    {
        foreach (int n in new[] { 0, 1, 5, 16, 33, 1000, Sweep.Shared + 3 })
        {
            float[] a = Numbers(n, 1), b = Numbers(n, 2), c = Numbers(n, 3);
            float[] parts = Everywhere.Same(() =>
            {
                float[] product = new float[n], tanh = new float[n], y = new float[n];
                Map.Binary<Times, float>(default, a, b, product);
                Map.Unary<Tanh, float>(default, product, tanh);
                Map.Binary<Plus, float>(default, tanh, c, y);
                return y;
            });
            float[] whole = Everywhere.Same(() =>
            {
                float[] y = new float[n];
                Map.Run(default(Stored<Applied<Plus, Applied<Tanh, Applied<Times, X0, X1>>, X2>>),
                    new Operands<float>().In(a).In(b).In(c).Out(y));
                return y;
            });
            Assert.Equal(parts, whole);
        }
    }

    [Fact]
    public void EveryInputHasItsPlace()
    {
        float[] y = new float[3];
        float[][] x = [.. Enumerable.Range(0, 7).Select(k => Numbers(3, k))];
        Operands<float> operands = default;
        foreach (float[] input in x) operands.Read(input);
        operands.Write(y);
        Map.Run(default(
            Stored<Applied<Plus, Applied<Plus, Applied<Plus, Applied<Plus, Applied<Plus, Applied<Plus, X0, X1>, X2>, X3>, X4>, X5>, X6>>),
            operands);
        for (int i = 0; i < 3; i++) Assert.Equal(x[0][i] + x[1][i] + x[2][i] + x[3][i] + x[4][i] + x[5][i] + x[6][i], y[i]);
    }

    [Fact]
    public void AnInputThatStaysIsReadForEveryPlace()
    {
        float[] a = Numbers(50, 1), b = [3];
        float[] y = Everywhere.Same(() =>
        {
            float[] r = new float[50];
            Map.Run(default(Stored<Applied<Times, X1, X0>>), Loop.Of([50], [[1], [0], [1]]), new Operands<float>().In(a).In(b).Out(r));
            return r;
        });
        for (int i = 0; i < 50; i++) Assert.Equal(3 * a[i], y[i]);
    }

    [Fact]
    public void AnExpressionOfOneInputIsAFunctionOfOneRegister()
    {
        foreach (int n in new[] { 1, 7, 40 })
        {
            float[] x = Numbers(n, 4), a = new float[n], b = new float[n];
            Map.Unary<ExpressionLane<Applied<Times, X0, Applied<Tanh, X0>>>, float>(default, x, a);
            Map.Run(default(Stored<Applied<Times, X0, Applied<Tanh, X0>>>), new Operands<float>().In(x).Out(b));
            Assert.Equal(b, a);
        }
    }

    private static float[] Numbers(int n, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, n).Select(_ => (random.NextSingle() * 4) - 2)];
    }

    private readonly struct Times : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V a, V b) where V : struct, ILane<V> => a * b;
    }

    private readonly struct Plus : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V a, V b) where V : struct, ILane<V> => a + b;
    }

    private readonly struct Tanh : IUnaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V x) where V : struct, ILane<V> => V.Tanh(x);
    }
}
