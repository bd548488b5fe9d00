using Hebb.Kernels;

namespace Hebb
{
    /// <summary>How an LSTM makes its state h from its output gate o and its cell state c.</summary>
    public enum LstmOutput
    {
        /// <summary>h = o tanh c, the usual form.</summary>
        GatedTanh,

        /// <summary>h = tanh(o c)</summary>
        TanhOfGated,

        /// <summary>h = o σ(c)</summary>
        GatedSigmoid,
    }
}

namespace Hebb.Ops
{
    /// <summary>
    /// c' = f c + i g, h' = o tanh c' (or another form) with i, f, o = σ(z + W h) and g = tanh(z + W h), in the order i, f, g, o
    /// (Hochreiter and Schmidhuber, Long Short-Term Memory, 1997; the forget gate of Gers, Schmidhuber and Cummins, 2000); see
    /// <see cref="IRecurrentOp"/>.
    /// </summary>
    internal readonly record struct LstmRecurrence(LstmOutput Output, RecurrentForm Form) : IRecurrentOp
    {
        int IRecurrentOp.Gates => 4;

        int IRecurrentOp.Kept => 6;

        bool IRecurrentOp.HasCell => true;

        Kernel IRecurrentOp.For<T>(ICellKernel<T> maker) => Output switch
        {
            LstmOutput.GatedTanh => maker.Of<LstmCell<T, GatedTanh>>(),
            LstmOutput.TanhOfGated => maker.Of<LstmCell<T, TanhOfGated>>(),
            _ => maker.Of<LstmCell<T, GatedSigmoid>>(),
        };

        (Tensor H, Tensor? C) IRecurrentOp.Step(Tensor z, Tensor p, Tensor h, Tensor? c)
        {
            Tensor[] drives = (z + p).Chunk(4, 1);
            Tensor cell = drives[1].Sigmoid() * c! + drives[0].Sigmoid() * drives[2].Tanh(), o = drives[3].Sigmoid();
            return (Output switch
            {
                LstmOutput.GatedTanh => o * cell.Tanh(),
                LstmOutput.TanhOfGated => (o * cell).Tanh(),
                _ => o * cell.Sigmoid(),
            }, cell);
        }
    }
}
