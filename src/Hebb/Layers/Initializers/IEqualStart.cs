namespace Hebb.Layers;

/// <summary>Start values that are all equal.</summary>
internal interface IEqualStart : ILateStart;
