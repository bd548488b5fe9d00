namespace Hebb.Tests.Naive;

/// <summary>The naive kernel of each op by the op's type: it fills the results, which begin as zeros, from the operands.</summary>
internal sealed class KernelTable
{
    private readonly Dictionary<Type, Action<IOp, Numbers[], Numbers[]>> _kernels = [];

    public bool Knows(Type op) => _kernels.ContainsKey(op);

    public Action<IOp, Numbers[], Numbers[]> Of(IOp op) => _kernels.TryGetValue(op.GetType(), out Action<IOp, Numbers[], Numbers[]>? kernel)
        ? kernel
        : throw new NotSupportedException($"The reference back end has no kernel for {op}; add one to tests/Hebb.Tests/Naive.");

    public void Add<TOp>(Action<TOp, Numbers[], Numbers[]> kernel) where TOp : IOp =>
        _kernels.Add(typeof(TOp), (op, x, y) => kernel((TOp)op, x, y));

    /// <summary>y = f(x), element by element.</summary>
    public void Unary<TOp>(Func<TOp, double, double> f) where TOp : IOp => Add<TOp>((op, x, y) =>
    {
        for (int i = 0; i < y[0].Count; i++) y[0].Real[i] = f(op, x[0].Real[i]);
    });

    /// <summary>y = f(x), element by element.</summary>
    public void Unary<TOp>(Func<double, double> f) where TOp : IOp => Unary<TOp>((_, x) => f(x));

    /// <summary>y = f(a, b), broadcast, and likewise for whole numbers where the op takes them.</summary>
    public void Binary<TOp>(Func<TOp, double, double, double> f, Func<long, long, long>? whole = null)
        where TOp : IOp => Add<TOp>((op, x, y) =>
    {
        int[] a = Places.Stretched(x[0].Shape, y[0].Shape), b = Places.Stretched(x[1].Shape, y[0].Shape);
        for (int i = 0; i < y[0].Count; i++)
        {
            if (y[0].IsWhole) y[0].Whole[i] = whole!(x[0].Whole[a[i]], x[1].Whole[b[i]]);
            else y[0].Real[i] = f(op, x[0].Real[a[i]], x[1].Real[b[i]]);
        }
    });

    /// <summary>y = f(a, b), broadcast, and likewise for whole numbers where the op takes them.</summary>
    public void Binary<TOp>(Func<double, double, double> f, Func<long, long, long>? whole = null)
        where TOp : IOp => Binary<TOp>((_, a, b) => f(a, b), whole);

    /// <summary>y = whether a and b are so related, broadcast.</summary>
    public void Question<TOp>(Func<double, double, bool> f, Func<long, long, bool> whole) where TOp : IOp => Add<TOp>((_, x, y) =>
    {
        int[] a = Places.Stretched(x[0].Shape, y[0].Shape), b = Places.Stretched(x[1].Shape, y[0].Shape);
        for (int i = 0; i < y[0].Count; i++)
        {
            bool holds = x[0].IsWhole ? whole(x[0].Whole[a[i]], x[1].Whole[b[i]]) : f(x[0].Real[a[i]], x[1].Real[b[i]]);
            y[0].Real[i] = holds ? 1 : 0;
        }
    });
}
