using System.Globalization;
using Hebb.Data;

namespace Hebb.Training;

/// <summary>What a model says of one row: a probability for each class, or a number in the unit of the target.</summary>
public sealed class RowPrediction
{
    private readonly double[] _values;
    private readonly Scaler? _scaler; // of the numbers

    internal RowPrediction(RunDescription run, double[] values, Scaler? scaler) =>
        (Names, _values, IsClassifier, _scaler) = (run.Names, values, run.IsClassifier, scaler);

    /// <summary>Whether there are classes; otherwise there are numbers.</summary>
    public bool IsClassifier { get; }

    /// <summary>The names of the classes, or of the numbers.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The probability of each class, or the numbers, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>The probability of a class, or a number, by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public double this[string name]
    {
        get
        {
            for (int i = 0; i < _values.Length; i++)
            {
                if (Names[i] == name) return _values[i];
            }
            throw new KeyNotFoundException($"A prediction has no '{name}'; it has {string.Join(", ", Names)}.");
        }
    }

    /// <summary>The most probable class; of several, the first.</summary>
    /// <exception cref="InvalidOperationException">There are numbers and no classes.</exception>
    public string Class
    {
        get
        {
            if (!IsClassifier)
                throw new InvalidOperationException($"The model predicts '{Names[0]}', a number, and was asked for a class; read Number.");
            int best = 0;
            for (int i = 1; i < _values.Length; i++)
            {
                if (_values[i] > _values[best]) best = i;
            }
            return Names[best];
        }
    }

    /// <summary>The number, in the unit of the target.</summary>
    /// <exception cref="InvalidOperationException">There are classes and no number.</exception>
    public double Number => !IsClassifier ? _values[0] : throw new InvalidOperationException(
        $"The model chooses among {string.Join(", ", Names)} and was asked for a number; read Class, or the probability of one.");

    /// <summary>Such as <c>yes (0.9700), no (0.0300)</c> or <c>price 1250</c>.</summary>
    public override string ToString() => string.Join(", ", IsClassifier
        ? Names.Zip(_values).OrderByDescending(one => one.Second)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.First} ({one.Second:0.0000})"))
        : Names.Zip(_values, (name, value) => $"{name} {_scaler!.Text(value, 0)}"));
}
