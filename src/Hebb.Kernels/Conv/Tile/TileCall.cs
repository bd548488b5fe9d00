namespace Hebb.Kernels;

/// <summary>
/// What a register tile computes: out[row i][column j] = Σ factor[row i][step] · lanes[step][column j], where a column is one register of
/// lanes and the sum is one chain of fused multiply-adds over the steps in order. The steps are runs of equal length: a run
/// begins at listed offsets and then walks at constant distances, so that layout, stride, dilation and clipped borders are only a matter
/// of numbers. All distances count elements.
/// </summary>
internal unsafe struct TileCall<T> where T : unmanaged
{
    /// <summary>Row i reads its factor at Factors[FactorRows[i] + the offset of the step].</summary>
    public T* Factors;
    public int* FactorRows;

    /// <summary>Column j reads Lanes[j · ColumnStep + the offset of the step].</summary>
    public T* Lanes;
    public int ColumnStep;

    /// <summary>Where each run begins.</summary>
    public int* FactorRuns;
    public int* LaneRuns;
    public int Runs;

    /// <summary>Steps in a run, and the distances between them.</summary>
    public int Length;
    public int FactorStep;
    public int LaneStep;

    /// <summary>Row i, column j goes to Out[OutRows[i] + j · OutColumnStep].</summary>
    public T* Out;
    public int* OutRows;
    public int OutColumnStep;

    /// <summary>
    /// The sum of row i, column j begins at Start[StartRows[i] + j · StartColumnStep]: the bias, or what an earlier call summed.
    /// </summary>
    public T* Start;
    public int* StartRows;
    public int StartColumnStep;

    /// <summary>How often to do it all, each time moving these pointers ahead.</summary>
    public int Repeat;
    public int LaneAdvance;
    public int OutAdvance;
    public int StartAdvance;
}
