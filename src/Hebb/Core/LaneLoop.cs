using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb;

/// <summary>A loop that computes an expression of its operands, element by element.</summary>
internal readonly struct LaneLoop<E>(E expression) : IFloatKernel where E : struct, ILaneExpression
{
    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        Elementwise.LayAlike(ref call);
        return Elementwise.IsOneRun(call) ? new OneRun<T>(expression).Run : new Strided<T>(expression, Elementwise.Walk(call)).Run;
    }

    /// <summary>All operands lie as the result does.</summary>
    private sealed class OneRun<T>(E expression) where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(in OpValues values)
        {
            Operands<T> operands = default;
            for (int i = 0; i < values.InputCount; i++) operands.Read(values.Input<T>(i));
            operands.Write(values.Output<T>(0));
            Map.Run(new Stored<E>(expression), operands);
        }
    }

    /// <summary>Operands are broadcast, or lie in other orders.</summary>
    private sealed class Strided<T>(E expression, Loop loop) where T : unmanaged
    {
        private readonly Loop _loop = loop;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(in OpValues values)
        {
            Operands<T> operands = default;
            for (int i = 0; i < values.InputCount; i++) operands.Read(values.Input<T>(i));
            operands.Write(values.Output<T>(0));
            Map.Run(new Stored<E>(expression), _loop, operands);
        }
    }
}
