using System.Numerics;

namespace Hebb;

/// <summary>An op on float32 and float64, whose kernel is written once for both.</summary>
public interface IFloatOp : IOp, IFloatKernel
{
    Kernel IOp.Bind(ref OpCall call) => ElementTypes.Float(this, call.FloatType, ref call);
}

/// <summary>An op on float32, float64 and int64, whose kernel is written once for the type of its first operand.</summary>
public interface INumberOp : IOp, INumberKernel
{
    Kernel IOp.Bind(ref OpCall call) => ElementTypes.Number(this, call.Input(0).DType, ref call);
}

/// <summary>An op that only moves elements, whose kernel is written once for the type of its first operand, whatever it is.</summary>
public interface IAnyOp : IOp, IAnyKernel
{
    Kernel IOp.Bind(ref OpCall call) => ElementTypes.Any(this, call.Input(0).DType, ref call);
}
