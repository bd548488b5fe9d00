using Hebb.Ops;

namespace Hebb;

public partial class Tensor
{
    /// <summary>
    /// Sums of products written in the notation of Einstein: every letter names an axis, axes of one letter run together, and letters
    /// that the result does not name are summed.
    /// <c>Tensor.Einsum("ij,jk->ik", a, b)</c> is the matrix product, <c>"ii->i"</c> the diagonal, <c>"...ij->...ji"</c> a transpose.
    /// Without an arrow the result has the letters that occur once, in alphabetical order. Factors are multiplied from left to right.
    /// </summary>
    /// <param name="equation">
    /// The letters of each operand, separated by commas; then -> and those of the result. Dots stand for any leading axes, which
    /// broadcast.
    /// </param>
    /// <param name="operands">As many floating-point tensors as there are groups of letters.</param>
    /// <exception cref="ArgumentException">The equation cannot be read.</exception>
    /// <exception cref="ShapeException">Operands do not fit the equation.</exception>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
    {
        EinsumEquation parsed = EinsumEquation.Parse(equation, operands);
        (Tensor product, string letters) = Simplified(operands[0], parsed.Operands[0], parsed.LettersAfter(0));
        for (int i = 1; i < operands.Length; i++)
        {
            (Tensor next, string nextLetters) = Simplified(operands[i], parsed.Operands[i], letters + parsed.LettersAfter(i));
            (product, letters) = Contract(product, letters, next, nextLetters, parsed.LettersAfter(i));
        }
        return Stretched(Ordered(product, letters, [.. parsed.Result.Where(letters.Contains)]), letters, parsed);
    }

    /// <inheritdoc cref="Einsum(string, ReadOnlySpan{Tensor})"/>
    public static Tensor Einsum(string equation, params Tensor[] operands) => Einsum(equation, (ReadOnlySpan<Tensor>)operands);

    /// <summary>
    /// An operand with one axis for each letter: diagonals taken where a letter stands twice, letters that nobody else needs summed.
    /// </summary>
    private static (Tensor X, string Letters) Simplified(Tensor x, string letters, string needed)
    {
        for (int i = 0; i < letters.Length; i++)
        {
            int twin = letters.IndexOf(letters[i], i + 1);
            if (twin < 0) continue;
            (x, letters) = (x.Diagonal(i, twin), letters.Remove(twin, 1).Remove(i, 1) + letters[i]);
            i--;
        }
        for (int i = letters.Length - 1; i >= 0; i--)
        {
            // An axis of size 1 that stretches elsewhere has no part in the product.
            bool isSummed = !needed.Contains(letters[i], StringComparison.Ordinal), isOne = x.Shape[i] == 1;
            if (!isSummed && !isOne) continue;
            (x, letters) = (isOne ? x.Squeeze(i) : x.Sum(i), letters.Remove(i, 1));
        }
        return (x, letters);
    }

    /// <summary>The product of two operands, summed over the letters that nobody needs afterwards: one batched matrix product.</summary>
    private static (Tensor X, string Letters) Contract(Tensor a, string lettersA, Tensor b, string lettersB, string needed)
    {
        char[] both = [.. lettersA.Where(lettersB.Contains)];
        string batch = new([.. both.Where(needed.Contains)]),
            summed = new([.. both.Where(letter => !needed.Contains(letter, StringComparison.Ordinal))]);
        string onlyA = new([.. lettersA.Except(both)]), onlyB = new([.. lettersB.Except(both)]);
        Tensor left = Ordered(a, lettersA, batch + onlyA + summed), right = Ordered(b, lettersB, batch + summed + onlyB);
        Shape shape = Shape.Scalar;
        foreach (char letter in batch + onlyA)
            shape = shape.Insert(shape.Rank, a.Shape[lettersA.IndexOf(letter, StringComparison.Ordinal)]);
        foreach (char letter in onlyB) shape = shape.Insert(shape.Rank, b.Shape[lettersB.IndexOf(letter, StringComparison.Ordinal)]);
        int batches = Size(a, lettersA, batch), rows = Size(a, lettersA, onlyA), inner = Size(a, lettersA, summed),
            columns = Size(b, lettersB, onlyB);
        left = left.Reshape(batches, rows, inner);
        right = right.Reshape(batches, inner, columns);
        Tensor product = summed.Length == 0 ? left * right : left.MatMul(right);
        return (product.Reshape(shape), batch + onlyA + onlyB);
    }

    private static int Size(Tensor x, string letters, string chosen)
    {
        int size = 1;
        foreach (char letter in chosen) size *= x.Shape[letters.IndexOf(letter, StringComparison.Ordinal)];
        return size;
    }

    private static Tensor Ordered(Tensor x, string letters, ReadOnlySpan<char> order)
    {
        if (order.SequenceEqual(letters)) return x;
        Span<int> axes = stackalloc int[order.Length];
        for (int i = 0; i < axes.Length; i++) axes[i] = letters.IndexOf(order[i], StringComparison.Ordinal);
        return x.Permute(axes);
    }

    /// <summary>Puts the axes of size 1 back that were left out of the products.</summary>
    private static Tensor Stretched(Tensor x, string letters, EinsumEquation equation)
    {
        for (int i = 0; i < equation.Result.Length; i++)
        {
            if (!letters.Contains(equation.Result[i], StringComparison.Ordinal)) x = x.Unsqueeze(i);
        }
        return x;
    }
}
