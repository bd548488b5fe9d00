namespace Hebb.Layers;

/// <summary>
/// The innermost layer that an error left, and its place in the layers that it has left since. Only an error on its way out makes it, so
/// that it costs nothing otherwise.
/// </summary>
internal sealed class FailedLayer : IErrorPlace
{
    private readonly Module _layer;
    private Module _outermost;
    private string _path = "";

    private FailedLayer(Module layer) => _layer = _outermost = layer;

    /// <summary>Notes that an error leaves a layer.</summary>
    public static void Leave(ShapeException error, Module layer)
    {
        FailedLayer place = error.Layer as FailedLayer ?? new FailedLayer(layer);
        if (place._outermost != layer) place._path = Module.Join(layer.NameOf(place._outermost), place._path);
        (place._outermost, error.Layer) = (layer, place);
    }

    public string Tell(string message)
    {
        string description = _layer.Description;
        bool isNamed = message.StartsWith(description, StringComparison.Ordinal);
        return _path.Length == 0 ? isNamed ? message : $"In {description}: {message}"
            : isNamed ? $"In layer '{_path}', {message}"
            : $"In layer '{_path}' ({description}): {message}";
    }
}
