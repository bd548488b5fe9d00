namespace Hebb.Kernels;

/// <summary>
/// The arrays that an <see cref="ILaneBody"/> reads and writes, at most <see cref="Loop.MaxOperands"/> together: those that it changes in
/// place first, each of which is an input and an output of the same number, then other inputs, then other outputs.
/// </summary>
/// <example><c>Map.Run(update, loop, new Operands&lt;float&gt;().InOut(w).In(g));</c></example>
/// <typeparam name="T">float or double.</typeparam>
internal ref struct Operands<T> where T : unmanaged
{
    private ReadOnlySpan<T> _0, _1, _2, _3, _4, _5, _6, _7;

    /// <summary>How many arrays are changed in place.</summary>
    public int Changed { get; private set; }

    /// <summary>How many inputs there are, those that are changed among them.</summary>
    public int Inputs { get; private set; }

    /// <summary>How many outputs there are beside those that are changed.</summary>
    public int Outputs { get; private set; }

    /// <summary>These operands and one more that is changed in place.</summary>
    /// <param name="x">The array, from its lowest address on.</param>
    /// <returns>The longer list.</returns>
    /// <exception cref="InvalidOperationException">Another operand was added already, or the list is full.</exception>
    public readonly Operands<T> InOut(Span<T> x)
    {
        var longer = this;
        longer.Change(x);
        return longer;
    }

    /// <summary>These operands and one more input.</summary>
    /// <param name="x">The array, from its lowest address on.</param>
    /// <returns>The longer list.</returns>
    /// <exception cref="InvalidOperationException">An output was added already, or the list is full.</exception>
    public readonly Operands<T> In(ReadOnlySpan<T> x)
    {
        var longer = this;
        longer.Read(x);
        return longer;
    }

    /// <summary>These operands and one more output, which may be the same memory as an input.</summary>
    /// <param name="y">The array, from its lowest address on.</param>
    /// <returns>The longer list.</returns>
    /// <exception cref="InvalidOperationException">The list is full.</exception>
    public readonly Operands<T> Out(Span<T> y)
    {
        var longer = this;
        longer.Write(y);
        return longer;
    }

    /// <summary>Adds one more array that is changed in place to this list, without a copy of it.</summary>
    /// <param name="x">The array, from its lowest address on.</param>
    /// <exception cref="InvalidOperationException">Another operand was added already, or the list is full.</exception>
    public void Change(Span<T> x)
    {
        if (Inputs > Changed || Outputs > 0)
            throw new InvalidOperationException(
                "An operand that is changed was added after another one; add those that are changed first.");
        Read(x);
        Changed++;
    }

    /// <summary>Adds one more input to this list, without a copy of it.</summary>
    /// <param name="x">The array, from its lowest address on.</param>
    /// <exception cref="InvalidOperationException">An output was added already, or the list is full.</exception>
    public void Read(ReadOnlySpan<T> x)
    {
        if (Outputs > 0) throw new InvalidOperationException("An input was added after an output; add all inputs first.");
        if (Inputs == Loop.MaxOperands - 1) throw Full();
        Set(Inputs++, x);
    }

    /// <summary>Adds one more output to this list, without a copy of it; it may be the same memory as an input.</summary>
    /// <param name="y">The array, from its lowest address on.</param>
    /// <exception cref="InvalidOperationException">The list is full.</exception>
    public void Write(Span<T> y)
    {
        if (Inputs + Outputs == Loop.MaxOperands) throw Full();
        Set(Inputs + Outputs++, y);
    }

    /// <summary>The array of an operand, inputs first, then outputs.</summary>
    internal readonly ReadOnlySpan<T> this[int operand] => operand switch
    {
        0 => _0,
        1 => _1,
        2 => _2,
        3 => _3,
        4 => _4,
        5 => _5,
        6 => _6,
        _ => _7,
    };

    private void Set(int operand, ReadOnlySpan<T> x)
    {
        switch (operand)
        {
            case 0: _0 = x; break;
            case 1: _1 = x; break;
            case 2: _2 = x; break;
            case 3: _3 = x; break;
            case 4: _4 = x; break;
            case 5: _5 = x; break;
            case 6: _6 = x; break;
            default: _7 = x; break;
        }
    }

    private static InvalidOperationException Full() =>
        new($"There are too many operands; a loop has at most {Loop.MaxOperands}, {Loop.MaxOperands - 1} of them inputs.");
}
