namespace Hebb.Kernels;

/// <summary>Checks what convolutions and pools are given before memory is touched.</summary>
internal static class ConvCheck
{
    public static Dims Inputs(in ConvShape s) => [s.N, s.C, s.H, s.W];

    public static Dims Outputs(in ConvShape s) => [s.N, s.OutC, s.OutH, s.OutW];

    public static void Shape<T>(in ConvShape s)
    {
        Type<T>();
        s.Validate();
    }

    public static void Type<T>()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new ArgumentException($"Convolutions and pools work on float and double, not on {typeof(T).Name}; cast first.");
    }

    public static void Length(string name, long length, long expected)
    {
        if (length != expected) throw new ArgumentException($"{name} has {length} elements; this shape needs {expected}.");
    }

    /// <summary>Four strides, none of them negative.</summary>
    public static void Strides(string name, in Dims strides)
    {
        if (strides.Rank != 4) throw new ArgumentException($"The strides of {name} are {strides}; four are needed, for N, C, H and W.");
        for (int axis = 0; axis < 4; axis++)
        {
            if (strides[axis] < 0)
                throw new ArgumentException($"The strides of {name} are {strides}; they must not be negative, so copy the array first.");
        }
    }

    /// <summary>How many elements a stack needs at least: up to its last.</summary>
    public static long Extent(in Dims sizes, in Dims strides)
    {
        long last = 0;
        for (int axis = 0; axis < 4; axis++)
        {
            if (sizes[axis] == 0) return 0;
            last += (sizes[axis] - 1L) * strides[axis];
        }
        return last + 1;
    }

    /// <summary>A stack that is at least as long as its extent.</summary>
    public static void Reach(string name, int length, long extent, in Dims sizes, in Dims strides)
    {
        if (length < extent)
            throw new ArgumentException(
                $"{name} has {length} elements, but sizes {sizes} with strides {strides} reach element {extent - 1}; "
                + "pass a longer span or other strides.");
    }

    /// <summary>A stack that is read: all its elements lie inside.</summary>
    public static void Stack(string name, int length, in Dims sizes, in Dims strides)
    {
        Strides(name, strides);
        Reach(name, length, Extent(sizes, strides), sizes, strides);
    }

    /// <summary>The axis that lies side by side in a layout.</summary>
    public static int LaneAxis(ConvLayout layout) => layout switch
    {
        ConvLayout.ChannelLanes => 1,
        ConvLayout.BatchLanes => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(layout), $"There is no layout {layout}."),
    };

    /// <summary>A stack that is written: its lanes lie side by side.</summary>
    public static void Target(string name, in Dims sizes, in Dims strides, ConvLayout layout, int axis)
    {
        if (sizes[axis] > 1 && strides[axis] != 1)
            throw new ArgumentException(
                $"{name} has strides {strides}; {layout} needs stride 1 on axis {axis}, so allocate it with "
                + $"{nameof(ConvLayouts)}.{nameof(ConvLayouts.Strides)}.");
    }
}
