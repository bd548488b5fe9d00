using Hebb.Data;

namespace Hebb.Training;

/// <summary>
/// Predicts for single rows with a model that was trained on a table: each becomes an input as the rows of files do, and goes through a
/// recording of the model. Several threads may use it at once, as long as nobody changes the model.
/// </summary>
public sealed class RowPredictor
{
    private readonly RowEncoder _encoder;
    private readonly CompiledInference _model;

    /// <summary>A predictor for the rows of a model.</summary>
    /// <param name="trained">The model.</param>
    /// <param name="unknown">What becomes of categories that training did not know.</param>
    /// <exception cref="InvalidOperationException">The model was not trained on a table.</exception>
    public RowPredictor(TrainedModel trained, UnknownCategories unknown = UnknownCategories.Refuse)
    {
        ArgumentNullException.ThrowIfNull(trained);
        if (trained.Table is null)
            throw new InvalidOperationException($"The model was trained on '{trained.Description.Data}', which is no table, "
                + "and was asked to predict for a row; give it a tensor by Predict.");
        Trained = trained;
        _encoder = trained.Table.Encoder(unknown);
        _model = Compiled.Infer(trained.Model);
    }

    /// <summary>The model.</summary>
    public TrainedModel Trained { get; }

    /// <summary>What the model says of a row.</summary>
    /// <param name="row">
    /// A value for the name of each input column: a number of any type, a text, a bool or an enum (which is taken by its name),
    /// or null where the value is missing.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A column is not given or not known, or a value is of another kind, a category that is unknown, or a number that does not fit;
    /// the message names the column.
    /// </exception>
    /// <exception cref="TraceException">The model cannot be recorded; the message names the op.</exception>
    public RowPrediction Predict(IReadOnlyDictionary<string, object?> row)
    {
        Tensor input = Row();
        _encoder.Encode(row, input.Span<float>());
        return Predict(input);
    }

    /// <summary>What the model says of a row whose values are given in the order of the schema's inputs.</summary>
    /// <param name="row">A value for each of the schema's inputs.</param>
    /// <exception cref="ArgumentException">
    /// There are more or fewer values than inputs, or one is of another kind, a category that is unknown, or a number that does not fit;
    /// the message names the column.
    /// </exception>
    /// <exception cref="TraceException">The model cannot be recorded; the message names the op.</exception>
    public RowPrediction Predict(params ReadOnlySpan<TableCell> row)
    {
        Tensor input = Row();
        _encoder.Encode(row, input.Span<float>());
        return Predict(input);
    }

    /// <inheritdoc cref="Predict(ReadOnlySpan{TableCell})"/>
    public RowPrediction Predict(params TableCell[] row) => Predict((ReadOnlySpan<TableCell>)row);

    private Tensor Row() => new(new TensorSpec(DType.Float32, [1, _encoder.Width]));

    private RowPrediction Predict(Tensor input)
    {
        using NoGrad none = new();
        Tensor answer = Trained.Answer(_model.Run(input));
        double[] values = new double[answer.Count];
        Span<float> floats = answer.AsSpan<float>();
        for (int i = 0; i < values.Length; i++) values[i] = Trained.InUnit(floats[i]);
        return new RowPrediction(Trained.Description, values, Trained.Table!.TargetScaler);
    }
}
