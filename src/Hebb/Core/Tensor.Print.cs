using System.Globalization;
using System.Text;

namespace Hebb;

public partial class Tensor
{
    private const int MostPrinted = 1000;
    private const int EdgeItems = 3;

    /// <summary>
    /// The values as nested brackets with four decimals at most, then the type: <c>[[1, 2], [3, 4]] float32[2, 2]</c>. Long axes of tensors
    /// of more than 1,000 elements show three items at each end.
    /// </summary>
    public override string ToString()
    {
        StringBuilder text = new();
        if (Storage.IsPromised) text.Append("no values yet");
        else Print(text, Offset, 0);
        text.Append(' ').Append(Spec);
        if (Creator is not null) text.Append(" from ").Append(Creator.Op.Name);
        else if (RequiresGrad) text.Append(" tracked");
        GC.KeepAlive(this);
        return text.ToString();
    }

    private void Print(StringBuilder text, int at, int axis)
    {
        if (axis == Rank)
        {
            text.Append(Format(at));
            return;
        }
        int size = Shape[axis];
        bool isShortened = Count > MostPrinted && size > 2 * EdgeItems;
        text.Append('[');
        for (int i = 0; i < size; i++)
        {
            if (i > 0) text.Append(axis == Rank - 1 ? ", " : ",\n" + new string(' ', axis + 1));
            if (isShortened && i == EdgeItems)
            {
                text.Append("...");
                i = size - EdgeItems - 1;
                continue;
            }
            Print(text, at + i * Spec.Strides[axis], axis + 1);
        }
        text.Append(']');
    }

    private string Format(int at) => DType switch
    {
        DType.Float32 => Format(Storage.Span<float>()[at]),
        DType.Float64 => Format(Storage.Span<double>()[at]),
        DType.Int64 => Storage.Span<long>()[at].ToString(CultureInfo.InvariantCulture),
        _ => Storage.Span<bool>()[at] ? "true" : "false",
    };

    private static string Format(double value) =>
        value.ToString(Math.Abs(value) is 0 or (>= 1e-3 and < 1e6) ? "0.####" : "G5", CultureInfo.InvariantCulture);
}
