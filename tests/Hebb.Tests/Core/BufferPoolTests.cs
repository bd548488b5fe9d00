namespace Hebb.Tests.Core;

[Collection("lanes")]
public class BufferPoolTests
{
    [Fact]
    public void WhatIsHeldKeepsItsBytesOverAThousandSteps()
    {
        const int size = 8192;
        Tensor w = Tensor.Full([size], 0.5).Track();
        List<(Tensor Held, float[] Bytes)> held = [];
        List<(ReadOnlyMemory<float> Memory, float[] Bytes)> exported = [];
        for (int step = 0; step < 1000; step++)
        {
            Tensor x = Tensor.Full([4, size], step % 13 + 1);
            Tensor h = x * w;
            Tensor y = (h * h).SumTo([]);
            w.ZeroGrad();
            y.Backward();
            if (step % 50 == 0)
            {
                held.Add((h.Detach(), h.Detach().ToArray<float>()));
                held.Add((x[1..3, Slice.Every(2)], x[1..3, Slice.Every(2)].ToArray<float>()));
                held.Add((w.Grad!, w.Grad!.ToArray<float>()));
                Memory<float> memory = (x * 2).AsMemory<float>();
                exported.Add((memory, memory.ToArray()));
            }
        }
        Assert.All(held, item => Assert.Equal(item.Bytes, item.Held.ToArray<float>()));
        Assert.All(exported, item => Assert.Equal(item.Bytes, item.Memory.ToArray()));
    }

    [Fact]
    public void BlocksComeBackSoThatLentMemoryStaysBounded()
    {
        for (int i = 0; i < 2000; i++) _ = Tensor.Full([64 * 1024], i);
        Assert.InRange(BufferPool.LentBytes, 0, 1L << 30);
    }

    [Fact]
    public void GradientsHandedToHooksKeepTheirBytes()
    {
        Tensor x = Tensor.Full([16384], 2).Track();
        List<Tensor> kept = [];
        for (int i = 0; i < 50; i++)
        {
            Tensor h = x * 3;
            h.OnGradient(gradient => { kept.Add(gradient); return null; });
            (h * h).SumTo([]).Backward();
        }
        Assert.All(kept, gradient => Assert.All(gradient.ToArray<float>(), value => Assert.Equal(12f, value)));
    }
}
