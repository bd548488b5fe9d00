using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The operands of a straight pass at one place. The fields live in registers once the body is inlined: those it does not use vanish,
/// and a broadcast input costs one <c>and</c> a read.
/// </summary>
internal unsafe struct LaneIo<V, T> : ILaneIo<V> where V : struct, ILane<V, T> where T : unmanaged
{
    public nint At;
    private T* _in0, _in1, _in2, _in3, _in4, _in5, _in6;
    private nint _move0, _move1, _move2, _move3, _move4, _move5, _move6;
    private T* _out0, _out1, _out2, _out3, _out4, _out5, _out6, _out7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Connect(Ports* ports)
    {
        _in0 = ports->Input<T>(0); _move0 = ports->Moves[0];
        _in1 = ports->Input<T>(1); _move1 = ports->Moves[1];
        _in2 = ports->Input<T>(2); _move2 = ports->Moves[2];
        _in3 = ports->Input<T>(3); _move3 = ports->Moves[3];
        _in4 = ports->Input<T>(4); _move4 = ports->Moves[4];
        _in5 = ports->Input<T>(5); _move5 = ports->Moves[5];
        _in6 = ports->Input<T>(6); _move6 = ports->Moves[6];
        _out0 = ports->Output<T>(0);
        _out1 = ports->Output<T>(1);
        _out2 = ports->Output<T>(2);
        _out3 = ports->Output<T>(3);
        _out4 = ports->Output<T>(4);
        _out5 = ports->Output<T>(5);
        _out6 = ports->Output<T>(6);
        _out7 = ports->Output<T>(7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Load(int input) => input switch
    {
        0 => V.Load(_in0 + (At & _move0)),
        1 => V.Load(_in1 + (At & _move1)),
        2 => V.Load(_in2 + (At & _move2)),
        3 => V.Load(_in3 + (At & _move3)),
        4 => V.Load(_in4 + (At & _move4)),
        5 => V.Load(_in5 + (At & _move5)),
        6 => V.Load(_in6 + (At & _move6)),
        _ => throw NoOperand(input),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(int output, V value)
    {
        switch (output)
        {
            case 0: V.Store(_out0 + At, value); break;
            case 1: V.Store(_out1 + At, value); break;
            case 2: V.Store(_out2 + At, value); break;
            case 3: V.Store(_out3 + At, value); break;
            case 4: V.Store(_out4 + At, value); break;
            case 5: V.Store(_out5 + At, value); break;
            case 6: V.Store(_out6 + At, value); break;
            case 7: V.Store(_out7 + At, value); break;
            default: throw NoOperand(output);
        }
    }

    private static ArgumentOutOfRangeException NoOperand(int index) =>
        new(nameof(index), $"The lane body uses operand {index}; a loop has at most {Loop.MaxOperands} operands.");
}
