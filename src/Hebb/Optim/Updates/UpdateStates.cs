using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// The arrays of state of an update at one place: <c>s[0] = V.Of(0.9) * s[0] + g</c>. Give the numbers of arrays as constants.
/// </summary>
/// <typeparam name="V">The register of lanes.</typeparam>
public struct UpdateStates<V> where V : struct, ILane<V>
{
    private readonly int _count;
    private V _0, _1, _2, _3, _4;

    /// <summary>So many arrays, at most <see cref="Update.MaxStates"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal UpdateStates(int count) => _count = count;

    /// <summary>One register of an array, before or after the update.</summary>
    /// <param name="state">Which array, from 0, in the order of <see cref="IUpdateRule.StateNames"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lane has no such state.</exception>
    public V this[int state]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get
        {
            if ((uint)state >= (uint)_count) throw Missing(state, _count);
            return state switch { 0 => _0, 1 => _1, 2 => _2, 3 => _3, _ => _4 };
        }
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            if ((uint)state >= (uint)_count) throw Missing(state, _count);
            switch (state)
            {
                case 0: _0 = value; break;
                case 1: _1 = value; break;
                case 2: _2 = value; break;
                case 3: _3 = value; break;
                default: _4 = value; break;
            }
        }
    }

    /// <summary>Reads the arrays, which follow the parameter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Load<TIo>(ref TIo io) where TIo : struct, ILaneIo<V>
    {
        if (_count > 0) _0 = io.Load(1);
        if (_count > 1) _1 = io.Load(2);
        if (_count > 2) _2 = io.Load(3);
        if (_count > 3) _3 = io.Load(4);
        if (_count > 4) _4 = io.Load(5);
    }

    /// <summary>Writes the arrays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Store<TIo>(ref TIo io) where TIo : struct, ILaneIo<V>
    {
        if (_count > 0) io.Store(1, Flushed(_0));
        if (_count > 1) io.Store(2, Flushed(_1));
        if (_count > 2) io.Store(3, Flushed(_2));
        if (_count > 3) io.Store(4, Flushed(_3));
        if (_count > 4) io.Store(5, Flushed(_4));
    }

    /// <summary>Elements below 2⁻¹⁰⁰ become zero: fading averages would reach subnormal numbers, on which processors are slow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Flushed(V s) => V.Select(V.Less(V.Abs(s), V.Of(7.888609052210118e-31)), V.Of(0), s);

    private static ArgumentOutOfRangeException Missing(int state, int count) => new(
        nameof(state), $"A lane asked for state {state}, but its StateCount is {count}; states are counted from 0, so raise StateCount.");
}
