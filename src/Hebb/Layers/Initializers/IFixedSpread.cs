namespace Hebb.Layers;

/// <summary>Start values whose spread does not shrink with the weight's fans.</summary>
internal interface IFixedSpread : ILateStart
{
    /// <summary>Var[w]</summary>
    double Variance { get; }
}
