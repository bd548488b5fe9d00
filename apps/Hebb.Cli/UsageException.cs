namespace Hebb.Cli;

/// <summary>The command line asks for something that does not exist or does not fit together; the tool exits with code 2.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Turns wrong arguments into wrong usage.</summary>
internal static class Usage
{
    public static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new UsageException(otherwise);
    }

    /// <summary>Runs something whose argument errors are the command line's.</summary>
    public static T Of<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw new UsageException(ErrorText.Of(error), error);
        }
    }
}
