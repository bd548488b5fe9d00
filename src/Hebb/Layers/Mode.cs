
namespace Hebb.Layers;

/// <summary>Switches a model to training or evaluation, and in the end each part back to what it was.</summary>
internal readonly ref struct Mode
{
    private readonly (Module Part, bool WasTraining)[] _before;

    public Mode(Module model, bool isTraining)
    {
        _before = [.. model.NamedModules().Select(part => (part.Value, part.Value.IsTraining))];
        Set(model, isTraining);
    }

    /// <summary>Parents come before their parts, so that each part has the last word.</summary>
    public void Dispose()
    {
        foreach ((Module part, bool wasTraining) in _before) Set(part, wasTraining);
    }

    private static void Set(Module model, bool isTraining)
    {
        if (model.IsTraining == isTraining && model.Children.All(child => child.Value.IsTraining == isTraining)) return;
        if (isTraining) model.Train();
        else model.Eval();
    }
}
