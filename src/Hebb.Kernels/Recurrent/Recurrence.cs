namespace Hebb.Kernels;

/// <summary>
/// A recurrent layer over a batch of sequences, all steps in one call. The products of the inputs with their weights come in as drives
/// z [N, T, D·G·H]; outputs y [N, T, D·H] lie alike. Sequences may have lengths: what lies beyond is not read, and its outputs and
/// gradients are 0. Directions lie side by side; the second one reads each sequence from its end.
/// </summary>
/// <remarks>
/// A step multiplies states with weights that were packed once for the pass, then runs the cells on the products while these are in the
/// first-level cache; the team shares groups of units. Sums are chains of fused multiply-adds, so results have the same bits for any number
/// of threads, any width of lanes, and for a sequence alone or in a batch.
/// </remarks>
internal static unsafe class Recurrence
{
    /// <summary>The outputs and last states of all sequences.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="drives">z [N, T, D, G, H].</param>
    /// <param name="weights">The recurrent weights [D, G·H, H].</param>
    /// <param name="bias">A bias of the product of the last gate [D, H]; empty for none.</param>
    /// <param name="firstH">h before the first step [D, N, H]; empty for zeros.</param>
    /// <param name="firstC">c before the first step, of a cell that has one.</param>
    /// <param name="lengths">Steps of each sequence; empty where all have T.</param>
    /// <param name="outputs">Receives h of each step [N, T, D, H].</param>
    /// <param name="lastH">Receives h after the last step of each sequence [D, N, H].</param>
    /// <param name="lastC">Receives c, of a cell that has one.</param>
    /// <param name="kept">Receives what the gradient reads, see <see cref="RecurrentShape.Kept{T}"/>; empty to keep nothing.</param>
    /// <exception cref="ArgumentException">A span does not fit the sizes, or a length is not in 0..T.</exception>
    public static void Forward<T, TCell>(
        in RecurrentShape shape, ReadOnlySpan<T> drives, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, ReadOnlySpan<T> firstH,
        ReadOnlySpan<T> firstC, ReadOnlySpan<long> lengths, Span<T> outputs, Span<T> lastH, Span<T> lastC, Span<T> kept)
        where T : unmanaged where TCell : struct, IRecurrentCell<T>
    {
        Check<T, TCell>(shape, weights.Length, lengths.Length);
        shape.Check(nameof(drives), drives.Length, shape.Places * shape.Drives);
        shape.Check(nameof(bias), bias.Length, shape.Outputs, mayBeEmpty: true);
        shape.Check(nameof(firstH), firstH.Length, shape.States, mayBeEmpty: true);
        shape.Check(nameof(firstC), firstC.Length, TCell.HasCell ? shape.States : 0, mayBeEmpty: true);
        shape.Check(nameof(outputs), outputs.Length, shape.Places * shape.Outputs);
        shape.Check(nameof(lastH), lastH.Length, shape.States);
        shape.Check(nameof(lastC), lastC.Length, TCell.HasCell ? shape.States : 0);
        shape.Check(nameof(kept), kept.Length, shape.Kept<T>(TCell.Kept), mayBeEmpty: true);
        if (shape.Rows == 0) return;
        fixed (T* pz = drives, pw = weights, pb = bias, ph = firstH, pc = firstC, py = outputs, lh = lastH, lc = lastC, pk = kept)
        {
            var pass = new RecurrentForward<T, TCell>
            {
                Shape = shape,
                Order = new(shape, lengths),
                Drives = pz,
                Weights = pw,
                Bias = pb,
                FirstH = ph,
                FirstC = pc,
                Outputs = py,
                LastH = lh,
                LastC = lc,
                Kept = pk,
            };
            pass.Run();
        }
    }

    /// <summary>
    /// Gradients of drives and first states from those of outputs and last states; and the states before each step, whose product with
    /// the gradients of the products is the gradient of the weights.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="weights">The recurrent weights [D, G·H, H].</param>
    /// <param name="firstH">h before the first step [D, N, H]; empty for zeros.</param>
    /// <param name="lengths">Steps of each sequence; empty where all have T.</param>
    /// <param name="outputs">What the pass forward gave [N, T, D, H].</param>
    /// <param name="kept">What it kept.</param>
    /// <param name="outputsGradient">The gradient of the outputs.</param>
    /// <param name="lastHGradient">The gradient of the last h; empty for zeros.</param>
    /// <param name="lastCGradient">The gradient of the last c; empty for zeros.</param>
    /// <param name="drivesGradient">Receives dz [N, T, D, G, H].</param>
    /// <param name="productsGradient">Receives dp, of a cell where it differs from dz; else empty.</param>
    /// <param name="before">Receives h before each step [N, T, D, H].</param>
    /// <param name="firstHGradient">Receives the gradient of the first h [D, N, H]; empty where it is not wanted.</param>
    /// <param name="firstCGradient">Receives the gradient of the first c, where that of h is wanted and the cell has one.</param>
    /// <exception cref="ArgumentException">A span does not fit the sizes, or a length is not in 0..T.</exception>
    public static void Backward<T, TCell>(
        in RecurrentShape shape, ReadOnlySpan<T> weights, ReadOnlySpan<T> firstH, ReadOnlySpan<long> lengths, ReadOnlySpan<T> outputs,
        ReadOnlySpan<T> kept, ReadOnlySpan<T> outputsGradient, ReadOnlySpan<T> lastHGradient, ReadOnlySpan<T> lastCGradient,
        Span<T> drivesGradient, Span<T> productsGradient, Span<T> before, Span<T> firstHGradient, Span<T> firstCGradient)
        where T : unmanaged where TCell : struct, IRecurrentCell<T>
    {
        Check<T, TCell>(shape, weights.Length, lengths.Length);
        long cells = TCell.HasCell ? shape.States : 0, all = shape.Places * shape.Outputs;
        shape.Check(nameof(firstH), firstH.Length, shape.States, mayBeEmpty: true);
        shape.Check(nameof(outputs), outputs.Length, all);
        shape.Check(nameof(kept), kept.Length, shape.Kept<T>(TCell.Kept));
        shape.Check(nameof(outputsGradient), outputsGradient.Length, all);
        shape.Check(nameof(lastHGradient), lastHGradient.Length, shape.States, mayBeEmpty: true);
        shape.Check(nameof(lastCGradient), lastCGradient.Length, cells, mayBeEmpty: true);
        shape.Check(nameof(drivesGradient), drivesGradient.Length, shape.Places * shape.Drives);
        shape.Check(nameof(productsGradient), productsGradient.Length, TCell.HasOwnProducts ? shape.Places * shape.Drives : 0);
        shape.Check(nameof(before), before.Length, all);
        shape.Check(nameof(firstHGradient), firstHGradient.Length, shape.States, mayBeEmpty: true);
        shape.Check(nameof(firstCGradient), firstCGradient.Length, firstHGradient.IsEmpty ? 0 : cells);
        if (shape.Rows == 0) return;
        fixed (T* pw = weights, ph = firstH, py = outputs, pk = kept, dy = outputsGradient, dh = lastHGradient, dc = lastCGradient)
        fixed (T* dz = drivesGradient, dp = productsGradient, pb = before, d0 = firstHGradient, c0 = firstCGradient)
        {
            var pass = new RecurrentBackward<T, TCell>
            {
                Shape = shape,
                Order = new(shape, lengths),
                Weights = pw,
                FirstH = ph,
                Outputs = py,
                Kept = pk,
                OutputsGradient = dy,
                LastHGradient = dh,
                LastCGradient = dc,
                DrivesGradient = dz,
                ProductsGradient = dp,
                Before = pb,
                FirstHGradient = d0,
                FirstCGradient = c0,
            };
            pass.Run();
        }
    }

    private static void Check<T, TCell>(in RecurrentShape shape, int weights, int lengths)
        where T : unmanaged where TCell : struct, IRecurrentCell<T>
    {
        shape.Check();
        if (shape.Gates != TCell.Gates) throw new ArgumentException($"The pass has {shape.Gates} gates and its cell {TCell.Gates}.");
        shape.Check(nameof(weights), weights, shape.Weights);
        shape.Check(nameof(lengths), lengths, shape.Rows, mayBeEmpty: true);
    }
}
