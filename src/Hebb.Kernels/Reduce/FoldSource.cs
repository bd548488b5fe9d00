using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>An expression whose values are reduced: the pass that computes some of them, its body and inputs.</summary>
internal unsafe struct FoldSource(delegate*<void*, Ports*, nint, void> pass, void* body, Ports* inputs, int size)
{
    /// <summary>Writes some values from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Compute(nint from, int length, byte* to)
    {
        Ports ports = default;
        for (int k = 0; k < inputs->Inputs; k++)
        {
            if (size == sizeof(float)) ports.ReadOn<float>(inputs, k, from);
            else ports.ReadOn<double>(inputs, k, from);
        }
        ports.Write(to);
        pass(body, &ports, length);
    }
}
