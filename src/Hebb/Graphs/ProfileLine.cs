namespace Hebb;

/// <summary>What one op of a plan cost, over the runs that were measured.</summary>
/// <param name="Op">The op's name; <c>update</c> for what an optimiser does after the plan.</param>
/// <param name="Output">Its first result; nothing for an effect or an update.</param>
/// <param name="Microseconds">The median time of a run.</param>
/// <param name="Share">Its part of the sum of all times, from 0 to 1.</param>
/// <param name="Gflops">Floating-point operations a nanosecond.</param>
/// <param name="GigabytesPerSecond">Operands and results, each counted once, over the time.</param>
public sealed record ProfileLine(string Op, TensorSpec? Output, double Microseconds, double Share, double Gflops, double GigabytesPerSecond);
