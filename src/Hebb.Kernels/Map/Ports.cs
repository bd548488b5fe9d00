using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Where the operands of one straight pass lie: the first number of each input and output, and for each input whether the pass moves on
/// in it (-1) or reads the first register again and again (0). What is not used is null.
/// </summary>
internal unsafe struct Ports
{
    public Slots In;
    public Slots Moves;
    public Slots Out;
    public int Inputs;
    public int Outputs;

    [InlineArray(Loop.MaxOperands)]
    internal struct Slots
    {
        private nint _first;
    }

    /// <summary>Ports for a pass that is known to use no operands but those added: the others are not cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Open(out Ports ports)
    {
        Unsafe.SkipInit(out ports);
        ports.Inputs = 0;
        ports.Outputs = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T* Input<T>(int k) where T : unmanaged => (T*)In[k];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T* Output<T>(int k) where T : unmanaged => (T*)Out[k];

    /// <summary>Adds an input; every element is read in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(void* from)
    {
        In[Inputs] = (nint)from;
        Moves[Inputs++] = -1;
    }

    /// <summary>Adds an input of which one filled register is read for every place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadSame(void* register)
    {
        In[Inputs] = (nint)register;
        Moves[Inputs++] = 0;
    }

    /// <summary>Adds an input of one number for every place, which fills a register first.</summary>
    public void ReadOne<T>(void* register, void* number) where T : unmanaged
    {
        Tiles.Spread((byte*)register, (byte*)number, sizeof(T));
        ReadSame(register);
    }

    /// <summary>Adds an input of another pass from an element on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadOn<T>(Ports* whole, int k, nint from) where T : unmanaged
    {
        In[Inputs] = (nint)(whole->Input<T>(k) + (from & whole->Moves[k]));
        Moves[Inputs++] = whole->Moves[k];
    }

    /// <summary>Adds an output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(void* to) => Out[Outputs++] = (nint)to;
}
