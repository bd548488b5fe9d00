using System.Globalization;
using System.Text;

namespace Hebb;

/// <summary>
/// Text that is the same in every culture, also where it is put together by others: by layers of users, or by records, whose numbers follow
/// the culture of the thread.
/// </summary>
internal static class InvariantText
{
    /// <summary>Makes a text, or what holds texts, under the invariant culture.</summary>
    public static T Of<T>(Func<T> make)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return make();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>The text of a record, such as <c>Adam { Beta1 = 0.9, Beta2 = 0.999 }</c>.</summary>
    /// <param name="name">The record's name.</param>
    /// <param name="members">What the compiler makes to print its members; it says whether there are any.</param>
    public static string Of(string name, Func<StringBuilder, bool> members) => Of(() =>
    {
        StringBuilder text = new(name);
        text.Append(" { ");
        if (members(text)) text.Append(' ');
        return text.Append('}').ToString();
    });

    /// <summary>The texts of some values, such as numbers, with a separator between them.</summary>
    public static string Join<T>(string separator, IEnumerable<T> values) => string.Join(separator, values.Select(value => $"{value}"));

    /// <summary>The texts of some values, such as numbers, with a separator between them.</summary>
    public static string Join<T>(string separator, ReadOnlySpan<T> values) => Join(separator, values.ToArray().AsEnumerable());
}
