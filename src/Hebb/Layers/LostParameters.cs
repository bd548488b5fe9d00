namespace Hebb.Layers;

/// <summary>
/// Finds parameters that a model computes with and has not registered: nothing trains or saves them, and no gradient says so.
/// </summary>
internal static class LostParameters
{
    /// <summary>
    /// What is wrong and how to mend it, for the first such parameter that a recorded run of the model used; null if there is none.
    /// </summary>
    public static string? Find(Graph graph, Module model)
    {
        HashSet<Parameter> known = [.. model.Parameters()];
        HashSet<Module> parts = [.. model.NamedModules().Select(part => part.Value)];
        foreach (Node node in graph.Nodes)
        {
            if (graph.OwnerOf(node) is not ModuleCall call || !parts.Contains(Outermost(call))) continue;
            foreach (Tensor operand in node.Inputs)
            {
                if (operand is Parameter { RequiresGrad: true } parameter && !known.Contains(parameter))
                    return $"The {call.Title} computes with a parameter {parameter.Spec} that {model.Kind} has not registered, "
                        + "so that nothing would train or save it; "
                        + "register the layer with Child, in a ModuleList or a Sequential, or freeze it.";
            }
        }
        return null;
    }

    private static Module Outermost(ModuleCall call)
    {
        while (call.Outer is ModuleCall outer) call = outer;
        return call.Module;
    }
}
