namespace Hebb.Ops;

/// <summary>
/// An equation such as <c>"bij,bjk->bik"</c>, checked against its operands: the letters of each operand and of the result.
/// </summary>
/// <param name="Operands">One letter for each axis of each operand; the axes that dots stand for have digits.</param>
/// <param name="Result">The letters of the result.</param>
internal sealed record EinsumEquation(string[] Operands, string Result)
{
    private const string Dots = "...";

    /// <summary>The letters that later operands or the result still need.</summary>
    public string LettersAfter(int operand) => string.Concat(Operands[(operand + 1)..]) + Result;

    /// <summary>Reads an equation.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    /// <exception cref="ShapeException">The operands do not fit it.</exception>
    public static EinsumEquation Parse(string equation, ReadOnlySpan<Tensor> operands)
    {
        ArgumentNullException.ThrowIfNull(equation);
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] groups = sides[0].Split(',');
        if (sides.Length > 2 || groups.Length != operands.Length)
            throw new ArgumentException($"The equation '{equation}' has {groups.Length} groups of letters for {operands.Length} operands; "
                + "separate one group for each operand by commas, and the result by one ->.");
        int dotted = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            bool hasDots = groups[i].Contains(Dots, StringComparison.Ordinal);
            int named = groups[i].Length - (hasDots ? Dots.Length : 0), left = operands[i].Rank - named;
            if (left < 0 || (left > 0 && !hasDots))
                throw new ShapeException($"The equation '{equation}' names {named} axes of operand {i}, which is {operands[i].Spec}; "
                    + "name each axis with a letter, or leading ones with dots.");
            if (hasDots) dotted = Math.Max(dotted, left);
        }
        for (int i = 0; i < groups.Length; i++) groups[i] = Letters(equation, groups[i], operands[i].Rank, dotted);
        string all = string.Concat(groups), digits = Digits(dotted, dotted);
        string once = new([.. all.Where(letter => char.IsLetter(letter) && all.Count(other => other == letter) == 1).Order()]);
        string result = sides.Length == 2
            ? Letters(equation, sides[1], sides[1].Replace(Dots, digits, StringComparison.Ordinal).Length, dotted)
            : digits + once;
        foreach (char letter in result)
        {
            if (!all.Contains(letter, StringComparison.Ordinal) || result.Count(other => other == letter) > 1)
                throw new ArgumentException($"The equation '{equation}' has the result letter '{letter}' twice or in no operand; "
                    + "each letter of the result names one axis of the operands.");
        }
        EinsumEquation parsed = new(groups, result);
        parsed.CheckSizes(equation, operands);
        return parsed;
    }

    private static string Letters(string equation, string group, int rank, int dotted)
    {
        int dots = group.IndexOf(Dots, StringComparison.Ordinal);
        string named = dots < 0 ? group : group.Remove(dots, Dots.Length);
        foreach (char letter in named)
        {
            if (!char.IsAsciiLetter(letter))
                throw new ArgumentException($"The equation '{equation}' contains '{letter}' where a letter was expected; "
                    + "axes are named a to z or A to Z, leading ones by three dots.");
        }
        return dots < 0 ? group : named.Insert(dots, Digits(rank - named.Length, dotted));
    }

    /// <summary>Names for the last axes of those that dots stand for: they are aligned at the end.</summary>
    private static string Digits(int count, int dotted) => new([.. Enumerable.Range(dotted - count, count).Select(i => (char)('0' + i))]);

    private void CheckSizes(string equation, ReadOnlySpan<Tensor> operands)
    {
        Dictionary<char, int> sizes = [];
        for (int i = 0; i < operands.Length; i++)
        {
            for (int axis = 0; axis < Operands[i].Length; axis++)
            {
                char letter = Operands[i][axis];
                int size = operands[i].Shape[axis], known = sizes.GetValueOrDefault(letter, size);
                bool stretches = char.IsDigit(letter) && (size == 1 || known == 1);
                if (size != known && !stretches)
                    throw new ShapeException($"In the equation '{equation}' the letter '{letter}' names axes of sizes {known} and {size}; "
                        + "axes of one letter have one size.");
                sizes[letter] = known == 1 ? size : known;
            }
        }
    }
}
