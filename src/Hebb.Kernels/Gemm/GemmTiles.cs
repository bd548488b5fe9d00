namespace Hebb.Kernels;

/// <summary>Picks the register tile for a number of rows and of registers of columns.</summary>
internal static unsafe class GemmTiles<V, T> where V : struct, ILane<V, T> where T : unmanaged
{
    /// <summary>The most rows of a tile.</summary>
    public static int MaxRows => V.Count * sizeof(T) == 64 ? 14 : 6;

    /// <summary>One tile of so many rows and registers of columns, see <see cref="GemmTile{V, T, R, C}.Run"/>.</summary>
    public static void Run(
        int rows, int registers, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool add)
    {
        switch (registers == 1 ? rows : rows + 16)
        {
            case 1: GemmTile<V, T, N1, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 2: GemmTile<V, T, N2, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 3: GemmTile<V, T, N3, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 4: GemmTile<V, T, N4, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 5: GemmTile<V, T, N5, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 6: GemmTile<V, T, N6, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 7: GemmTile<V, T, N7, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 8: GemmTile<V, T, N8, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 9: GemmTile<V, T, N9, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 10: GemmTile<V, T, N10, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 11: GemmTile<V, T, N11, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 12: GemmTile<V, T, N12, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 13: GemmTile<V, T, N13, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 14: GemmTile<V, T, N14, N1>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 17: GemmTile<V, T, N1, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 18: GemmTile<V, T, N2, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 19: GemmTile<V, T, N3, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 20: GemmTile<V, T, N4, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 21: GemmTile<V, T, N5, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 22: GemmTile<V, T, N6, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 23: GemmTile<V, T, N7, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 24: GemmTile<V, T, N8, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 25: GemmTile<V, T, N9, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 26: GemmTile<V, T, N10, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 27: GemmTile<V, T, N11, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 28: GemmTile<V, T, N12, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 29: GemmTile<V, T, N13, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
            case 30: GemmTile<V, T, N14, N2>.Run(k, a, aRow, aColumn, b, bRow, c, cRow, add); break;
        }
    }
}
