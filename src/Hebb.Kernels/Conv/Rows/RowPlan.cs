using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A forward pass to fewer channels than fill a register, of rows that do: lanes run along the rows of the outputs. The images are copied
/// channel by channel, padded with zeros, so that the columns of a row take the place of the images of a batch. The outputs may be written
/// channel by channel, as they are computed, or transposed so that channels lie side by side.
/// </summary>
internal sealed unsafe class RowPlan<T> : CorrelationPlan<T> where T : unmanaged
{
    private readonly BatchCopy<T> _source;
    private readonly BatchPlan<T> _columns;
    private readonly int _rows, _width, _wide, _plane;

    public RowPlan(ConvProblem problem) : base(problem)
    {
        // Rows are filled up to whole registers with numbers that nobody reads.
        ConvShape s = problem.Shape;
        int register = 64 / sizeof(T);
        (_rows, _width) = (s.OutH, s.OutW);
        _wide = (_width + register - 1) / register * register;
        _plane = checked(_rows * _wide);
        _source = new([1, s.C, s.H, s.W], problem.X, ScratchUse.ConvSource, s.PadH, s.PadW, 1, _wide - _width);
        ConvShape columns = new(_wide, s.C, s.H + (2 * s.PadH), ((s.KernelW - 1) * s.DilationW) + 1, s.OutC, s.KernelH, s.KernelW)
        {
            StrideH = s.StrideH,
            DilationH = s.DilationH,
            DilationW = s.DilationW,
        };
        _columns = new(new(ConvPass.Forward, columns, ConvLayout.BatchLanes, _source.Strides.With(0, 1), [1, _plane, _wide, 1], false));
    }

    public static bool Suits(in ConvShape shape, ConvLayout layout, ConvPass pass)
    {
        int register = 64 / sizeof(T);
        return pass == ConvPass.Forward && layout == ConvLayout.ChannelLanes && shape.N > 0 && shape.Groups == 1 && shape.StrideW == 1
            && shape.KernelH * shape.KernelW > 1 && shape.OutC < register && shape.OutW >= register;
    }

    public override void Compute<V, A>(in Operands operands, A activation)
    {
        int channels = Shape.OutC, length = checked(channels * _plane);
        Dims x = Problem.X, y = Problem.Y;
        T* planes = Scratch.Get<T>(ScratchUse.ConvPlanes, length);
        for (int n = 0; n < Shape.N; n++)
        {
            T* source = _source.Make(operands.Source + ((nint)n * x[0]));
            Operands image = operands;
            image.Source = source;
            image.Target = planes;
            _columns.Compute<V, FirstOfPair<NoActivation>>(image, default);
            T* target = operands.Target + ((nint)n * y[0]);
            if (WritesRows(y))
            {
                PutRows<V, A>(planes, target, activation, operands.Other);
                continue;
            }
            for (int row = 0; row < _rows; row++, target += y[2])
            {
                Transposition.Run(planes + (row * _wide), _plane, target, y[3], _width, channels);
                for (int column = 0; column < _width && typeof(A) != typeof(FirstOfPair<NoActivation>); column++)
                {
                    T* pixel = target + ((nint)column * y[3]);
                    Activation<V, T, A>.Apply(pixel, pixel + operands.Other, channels, activation);
                }
            }
        }
    }

    /// <summary>Whether outputs with such strides are written row by row.</summary>
    public static bool WritesRows(in Dims y) => y[3] == 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PutRows<V, A>(T* planes, T* target, A activation, nint other) where V : struct, ILane<V, T> where A : struct, IBinaryLane
    {
        Dims y = Problem.Y;
        nint channelStep = y[1], rowStep = y[2];
        int last = _width - V.Count;
        for (int channel = 0; channel < Shape.OutC; channel++, target += channelStep)
        {
            T* to = target;
            for (int row = 0; row < _rows; row++, planes += _wide, to += rowStep)
            {
                // The last register overlaps the one before where the row does not fill it.
                for (int at = 0; at < _width; at += V.Count)
                {
                    int column = Math.Min(at, last);
                    V.Store(to + column, Activation<V, T, A>.Of(activation, V.Load(planes + column), to + column + other));
                }
            }
        }
    }
}
