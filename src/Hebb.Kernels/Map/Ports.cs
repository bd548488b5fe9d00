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

    public readonly T* Input<T>(int k) where T : unmanaged => (T*)In[k];

    public readonly T* Output<T>(int k) where T : unmanaged => (T*)Out[k];

    /// <summary>Adds an input; every element is read in turn.</summary>
    public void Read(void* from)
    {
        In[Inputs] = (nint)from;
        Moves[Inputs++] = -1;
    }

    /// <summary>Adds an input of which one filled register is read for every place.</summary>
    public void ReadSame(void* register)
    {
        In[Inputs] = (nint)register;
        Moves[Inputs++] = 0;
    }

    /// <summary>Adds an input of another pass from an element on.</summary>
    public void ReadOn<T>(Ports* whole, int k, nint from) where T : unmanaged
    {
        In[Inputs] = (nint)(whole->Input<T>(k) + (from & whole->Moves[k]));
        Moves[Inputs++] = whole->Moves[k];
    }

    /// <summary>Adds an output.</summary>
    public void Write(void* to) => Out[Outputs++] = (nint)to;
}
