using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hebb;

/// <summary>A kernel for float32 and float64, written once.</summary>
public interface IFloatKernel
{
    /// <summary>The kernel for elements of one type.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    Kernel Bind<T>(ref OpCall call) where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>A kernel for float32, float64 and int64, written once.</summary>
public interface INumberKernel
{
    /// <summary>The kernel for elements of one type.</summary>
    /// <typeparam name="T">float, double or long.</typeparam>
    Kernel Bind<T>(ref OpCall call) where T : unmanaged, INumber<T>;
}

/// <summary>A kernel for every element type, written once.</summary>
public interface IAnyKernel
{
    /// <summary>The kernel for elements of one type.</summary>
    /// <typeparam name="T">float, double, long or bool.</typeparam>
    Kernel Bind<T>(ref OpCall call) where T : unmanaged;
}

/// <summary>Work on tensors that is done at once, for every element type.</summary>
internal interface IAnyJob
{
    /// <summary>Does it for elements of one type: float, double, long or bool.</summary>
    void Run<T>() where T : unmanaged;
}

/// <summary>The one place that chooses by element type.</summary>
internal static class ElementTypes
{
    public static void Run<TJob>(DType type, ref TJob job) where TJob : IAnyJob, allows ref struct
    {
        switch (type)
        {
            case DType.Float32: job.Run<float>(); break;
            case DType.Float64: job.Run<double>(); break;
            case DType.Int64: job.Run<long>(); break;
            default: job.Run<bool>(); break;
        }
    }

    public static Kernel Float<TKernel>(TKernel kernel, DType type, ref OpCall call) where TKernel : IFloatKernel => type switch
    {
        DType.Float32 => kernel.Bind<float>(ref call),
        DType.Float64 => kernel.Bind<double>(ref call),
        _ => throw Unsupported(type, "floating-point numbers"),
    };

    public static Kernel Number<TKernel>(TKernel kernel, DType type, ref OpCall call) where TKernel : INumberKernel => type switch
    {
        DType.Float32 => kernel.Bind<float>(ref call),
        DType.Float64 => kernel.Bind<double>(ref call),
        DType.Int64 => kernel.Bind<long>(ref call),
        _ => throw Unsupported(type, "numbers"),
    };

    public static Kernel Any<TKernel>(TKernel kernel, DType type, ref OpCall call) where TKernel : IAnyKernel => type switch
    {
        DType.Float32 => kernel.Bind<float>(ref call),
        DType.Float64 => kernel.Bind<double>(ref call),
        DType.Int64 => kernel.Bind<long>(ref call),
        _ => kernel.Bind<bool>(ref call),
    };

    /// <summary>A number as an element, rounded to float, or exactly as a whole number, or as 0 or 1 for a truth value.</summary>
    /// <exception cref="ArgumentException">The type has no such element, which would be another number.</exception>
    public static T Of<T>(double value) where T : unmanaged
    {
        if (typeof(T) == typeof(double)) return Unsafe.BitCast<double, T>(value);
        if (typeof(T) == typeof(float))
        {
            if (double.IsFinite(value) && !float.IsFinite((float)value)) throw Misfit(value, DType.Float32, "ends at 3.4e38");
            return Unsafe.BitCast<float, T>((float)value);
        }
        if (typeof(T) == typeof(long))
        {
            if (!(Math.Floor(value) == value && value is >= long.MinValue and < -(double)long.MinValue))
                throw Misfit(value, DType.Int64, "holds whole numbers");
            return Unsafe.BitCast<long, T>((long)value);
        }
        return value is 0 or 1 ? Unsafe.BitCast<bool, T>(value == 1) : throw Misfit(value, DType.Bool, "holds 0 and 1");
    }

    /// <summary>A whole number as an element, rounded to float or double where it has more digits.</summary>
    /// <exception cref="ArgumentException">The type has no such element, which would be another number.</exception>
    public static T Of<T>(long value) where T : unmanaged =>
        typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>(value) : Of<T>((double)value);

    /// <summary>Refuses a finite number that is beyond a floating-point type: as infinity it would make NaN of zeros.</summary>
    /// <exception cref="ArgumentException">The type has no such element.</exception>
    public static void Require(double value, DType type)
    {
        if (type == DType.Float32) Of<float>(value);
    }

    /// <summary>Refuses a number that becomes 0 in a floating-point type, besides those that are beyond it.</summary>
    /// <exception cref="ArgumentException">The type has no such element.</exception>
    public static void RequireHeld(double value, DType type)
    {
        Require(value, type);
        if (type == DType.Float32 && value != 0 && (float)value == 0) throw Misfit(value, type, "begins at 1.4e-45");
    }

    private static ArgumentException Misfit(double value, DType type, string why) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The number {value} was given for elements of {type.Name}, which {why}; "
            + $"Cast the tensor to a type that holds it, or give another."));

    private static ShapeException Unsupported(DType found, string expected) =>
        new($"An op without a kernel for {found.Name} was applied to it; give it {expected}, or let its Infer refuse other types.");
}
