using System.Runtime.InteropServices;

namespace Hebb.Cli;

/// <summary>
/// Cancels the tool's work at Ctrl-C, a termination signal or the end of its terminal. However many come, at whatever moment, the work ends
/// by itself: it keeps what was learnt, says so in one sentence, and the exit code is 130.
/// </summary>
internal static class Interruption
{
    private static readonly CancellationTokenSource s_source = new();

    // Held until the process is gone.
    private static PosixSignalRegistration[] s_signals = [];

    /// <summary>Watches for signals from now on.</summary>
    public static CancellationToken Watch()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        s_signals = Array.ConvertAll(signals, signal => PosixSignalRegistration.Create(signal, Cancel));
        return s_source.Token;
    }

    private static void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        s_source.Cancel();
    }
}
