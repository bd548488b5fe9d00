namespace Hebb;

/// <summary>
/// Computes the outputs of an op from its inputs. It is bound once (<see cref="IOp.Bind"/>): all that follows from types, shapes and
/// layouts is decided then, so that a run only computes. It may run many times, also on several threads at once, each time on other values.
/// </summary>
/// <param name="values">The memory of this run. Outputs hold any numbers before it; spans must not be kept beyond it.</param>
public delegate void Kernel(in OpValues values);
