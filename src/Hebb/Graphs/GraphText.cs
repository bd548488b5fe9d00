using System.Globalization;
using System.Text;

namespace Hebb;

/// <summary>A graph as lines of text.</summary>
internal static class GraphText
{
    public static string Write(Graph graph, IReadOnlyDictionary<Tensor, string>? names)
    {
        GraphValues values = new(graph, names);
        HashSet<Tensor> shown = new(ReferenceEqualityComparer.Instance);
        StringBuilder text = new();
        foreach (Tensor argument in graph.Arguments)
            text.Append(CultureInfo.InvariantCulture, $"argument {values.Label(argument)} {argument.Spec}\n");
        foreach (Node node in graph.Nodes)
        {
            text.AppendJoin(", ", node.Outputs.Select(output => $"{values.Label(output)} {output.Spec}"));
            if (node.Outputs.Count > 0) text.Append(" = ");
            if (node.Op is IView) text.Append("view ");
            text.Append(CultureInfo.InvariantCulture, $"{node.Op.Name}(").AppendJoin(", ", node.Inputs.Select(Operand)).Append(')');
            if (GraphValues.Attributes(node.Op) is { Length: > 0 } attributes)
                text.Append(CultureInfo.InvariantCulture, $" {{ {attributes} }}");
            if (graph.GradientOf(node) is { } forward)
                text.Append(CultureInfo.InvariantCulture, $"  ; gradient of {values.Title(forward)}");
            text.Append('\n');
        }
        for (int i = 0; i < graph.Results.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"result {values.Given(graph.Results[i]) ?? $"{i}"} = {Operand(graph.Results[i])}\n");
        return text.ToString();

        string Operand(Tensor tensor)
        {
            tensor = values.Origin(tensor);
            bool isOutside = values.Maker(tensor) is null && !graph.Arguments.Contains(tensor) && !values.IsConstant(tensor);
            return isOutside && shown.Add(tensor) ? $"{values.Label(tensor)}:{tensor.Spec}" : values.Label(tensor);
        }
    }
}
