namespace Hebb.Kernels;

/// <summary>How errors tell which numbers name one of so many things.</summary>
internal static class PlacesText
{
    /// <summary>"indices go from 0 to 2", or "there are none" of nothing.</summary>
    /// <param name="lead">What stands before the numbers: "indices go from".</param>
    /// <param name="count">How many things there are.</param>
    /// <param name="first">The first number.</param>
    public static string Of(string lead, int count, int first = 0) => count == 0 ? "there are none" : $"{lead} {first} to {count - 1}";
}
