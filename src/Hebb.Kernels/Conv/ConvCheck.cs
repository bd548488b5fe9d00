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

    /// <summary>A stack that is read: all its elements lie inside.</summary>
    public static void Stack(string name, int length, in Dims sizes, in Dims strides)
    {
        if (strides.Rank != 4) throw new ArgumentException($"The strides of {name} are {strides}; four are needed, for N, C, H and W.");
        long last = 0;
        for (int axis = 0; axis < 4; axis++)
        {
            if (strides[axis] < 0)
                throw new ArgumentException($"The strides of {name} are {strides}; they must not be negative, so copy the array first.");
            if (sizes[axis] == 0) return;
            last += (sizes[axis] - 1L) * strides[axis];
        }
        if (last >= length)
            throw new ArgumentException(
                $"{name} has {length} elements, but sizes {sizes} with strides {strides} reach element {last}; "
                + "pass a longer span or other strides.");
    }

    /// <summary>A stack that is written: its lanes lie side by side.</summary>
    public static void Target(string name, int length, in Dims sizes, in Dims strides, ConvLayout layout)
    {
        Stack(name, length, sizes, strides);
        int axis = layout switch
        {
            ConvLayout.ChannelLanes => 1,
            ConvLayout.BatchLanes => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(layout), $"There is no layout {layout}."),
        };
        if (sizes[axis] > 1 && strides[axis] != 1)
            throw new ArgumentException(
                $"{name} has strides {strides}; {layout} needs stride 1 on axis {axis}, so allocate it with "
                + $"{nameof(ConvLayouts)}.{nameof(ConvLayouts.Strides)}.");
    }
}
