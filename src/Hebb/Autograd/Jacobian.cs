namespace Hebb;

/// <summary>Which index of a Jacobian comes first; books differ.</summary>
public enum JacobianLayout
{
    /// <summary>J[i, j] = dy_i / dx_j: a row for each result. The common layout.</summary>
    ResultsByInputs,

    /// <summary>J[i, j] = dy_j / dx_i: a row for each input, so that grad_x = J grad_y.</summary>
    InputsByResults,
}

/// <summary>Jacobians and products of vectors with Jacobians and Hessians.</summary>
public static class Jacobian
{
    /// <summary>
    /// The Jacobian of y = f(x) as a matrix over the elements of y and x in row-major order: one backward pass for each element of y.
    /// </summary>
    public static Tensor Of(Func<Tensor, Tensor> f, Tensor x, JacobianLayout layout = JacobianLayout.ResultsByInputs)
    {
        Tensor leaf = Leaf(x), y = Value(f, leaf);
        Tensor rows = Tensor.Zeros([y.Count, x.Count], x.DType);
        for (int i = 0; i < y.Count; i++)
        {
            Tensor seed = Tensor.Zeros([y.Count], y.DType);
            seed[i] = Tensor.Ones([], y.DType);
            rows[i] = Gradient.Of(y, leaf, seed.Reshape(y.Shape), retainGraph: true).Reshape(x.Count);
        }
        return layout == JacobianLayout.ResultsByInputs ? rows : rows.T.Contiguous();
    }

    /// <summary>vᵀ J of y = f(x): one backward pass with the seed v, which has y's shape; the result has x's.</summary>
    public static Tensor VectorProduct(Func<Tensor, Tensor> f, Tensor x, Tensor v)
    {
        Tensor leaf = Leaf(x), y = Value(f, leaf);
        return Gradient.Of(y, leaf, v);
    }

    /// <summary>
    /// J v of y = f(x), where v has x's shape and the result y's: the gradient of uᵀ J with respect to u, since uᵀ J is linear in u.
    /// </summary>
    public static Tensor ProductWithVector(Func<Tensor, Tensor> f, Tensor x, Tensor v)
    {
        Tensor leaf = Leaf(x), y = Value(f, leaf);
        Tensor u = Tensor.Zeros(y.Shape, y.DType).Track();
        Tensor product = Gradient.Of(y, leaf, u, createGraph: true);
        return Gradient.Of(product, u, v);
    }

    /// <summary>
    /// H v of a scalar function f(x), where v and the result have x's shape: the gradient of gᵀ v, g being the gradient of f.
    /// </summary>
    public static Tensor HessianVector(Func<Tensor, Tensor> f, Tensor x, Tensor v)
    {
        Tensor leaf = Leaf(x), y = Value(f, leaf);
        Tensor gradient = Gradient.Of(y, leaf, createGraph: true);
        return Gradient.Of(gradient, leaf, v);
    }

    private static Tensor Value(Func<Tensor, Tensor> f, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f(x) ?? throw Argument.Nothing("A function whose derivatives were asked for", "its result");
    }

    private static Tensor Leaf(Tensor x) => x.Detach().Track();
}
