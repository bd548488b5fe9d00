using System.Globalization;

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
}
