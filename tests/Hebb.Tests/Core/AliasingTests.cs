using Hebb.Data;
using Hebb.Layers;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Core;

/// <summary>Whatever is written from memory that overlaps it holds what it would if the source had been copied before.</summary>
public class AliasingTests
{
    private const int Side = 12;

    [Fact]
    public void ViewsOfOneMemoryMayBeAssignedToEachOther()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            Tensor found = Whole(), expected = Whole();
            (View to, View from) = Pair(seed);
            to.Of(found).Assign(from.Of(found));
            to.Of(expected).Assign(from.Of(expected).Clone());
            Assert.True(expected.ToArray<float>().SequenceEqual(found.ToArray<float>()), $"{to} from {from}");
        }
    }

    [Fact]
    public void ViewsOfAModelsStateMayBeAssignedToEachOtherInAPlan()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            (View, View)[] moves = [Pair(3 * seed), Pair((3 * seed) + 1), Pair((3 * seed) + 2)];
            State recorded = new(moves, copies: false), expected = new(moves, copies: true);
            CompiledInference plan = Compiled.Infer(recorded);
            for (int i = 0; i < 2; i++)
            {
                Tensor x = Tensor.Full([Side, Side], i + 0.5);
                Assert.Equal(expected.Forward(x).ToArray<float>(), plan.Run(x).ToArray<float>());
            }
            Assert.True(expected.Memory.ToArray<float>().SequenceEqual(recorded.Memory.ToArray<float>()), string.Join("; ", moves));
        }
    }

    [Fact]
    public void PartsAreMovedOverThemselves()
    {
        Tensor x = Tensor.From(1f, 2, 3, 4);
        x[1..] = x[..^1];
        Assert.Equal([1f, 1, 2, 3], x.ToArray<float>());
        x[..^1] = x[1..];
        Assert.Equal([1f, 2, 3, 3], x.ToArray<float>());
        Tensor m = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } });
        m.Assign(m.T);
        Assert.Equal([1f, 3, 2, 4], m.ToArray<float>());
        m.Assign(m[0]);
        Assert.Equal([1f, 3, 1, 3], m.ToArray<float>());
        m.Assign(m[.., 1..]);
        Assert.Equal([3f, 3, 3, 3], m.ToArray<float>());
    }

    [Fact]
    public void ASpanOfATensorsOwnMemoryMayBeAssigned()
    {
        Tensor x = Tensor.From(1f, 2, 3, 4, 5, 6);
        x[1..].Assign<float>(x.AsSpan<float>()[..5]);
        Assert.Equal([1f, 1, 2, 3, 4, 5], x.ToArray<float>());
        Tensor m = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } });
        m.T.Assign<float>(m.AsSpan<float>());
        Assert.Equal([1f, 3, 2, 4], m.ToArray<float>());
        m[..1].Assign<float>(m.AsSpan<float>()[1..3]);
        Assert.Equal([3f, 2, 2, 4], m.ToArray<float>());
    }

    [Fact]
    public void ResultsOfPlansStayWhatTheyAre()
    {
        Linear layer = new(3, 3, bias: false);
        Func<Tensor, Tensor>[] functions =
            [x => x, x => x.T, x => x[1..], x => x.Reshape(9), _ => layer.Weight, _ => layer.Weight.T, x => x.Exp()];
        foreach (Func<Tensor, Tensor> function in functions)
        {
            CompiledInference plan = Compiled.Infer(new Sequential(new Lambda(function)));
            Tensor a = Tensor.Linspace(0, 1, 9).Reshape(3, 3), b = Tensor.Linspace(2, 5, 9).Reshape(3, 3);
            Tensor first = plan.Run(a).Detach();
            float[] before = first.ToArray<float>();
            Assert.Equal(function(a).Detach().ToArray<float>(), before);
            _ = plan.Run(b);
            a.Fill(7);
            using (new NoGrad()) layer.Weight.Assign(layer.Weight * 2);
            Assert.Equal(before, first.ToArray<float>());
        }
    }

    [Fact]
    public void APlanMayWriteIntoItsInput()
    {
        foreach (Func<Tensor, Tensor> function in
            (Func<Tensor, Tensor>[])[x => x.T, x => x.Exp(), x => x.Roll(1), x => x.MatMul(x), x => x])
        {
            CompiledInference plan = Compiled.Infer(new Lambda(function));
            Tensor x = Tensor.Linspace(0, 1, 9).Reshape(3, 3);
            float[] expected = function(x).ToArray<float>();
            plan.Run(x, x);
            Assert.Equal(expected, x.ToArray<float>());
            Tensor y = Tensor.Linspace(0, 1, 9).Reshape(3, 3);
            plan.Run(y, y.T);
            Assert.Equal(expected, y.T.ToArray<float>());
        }
    }

    [Fact]
    public void BatchesOfALoaderStayWhatTheyAre()
    {
        foreach (int ahead in (int[])[0, 3])
        {
            DataLoader loader = new(Synthetic.Blobs(50), 7, new DataLoaderOptions { IsShuffled = false, Ahead = ahead });
            Batch[] kept = [.. loader.Epoch(0)];
            float[][] seen = [.. loader.Epoch(0).Select(batch => batch.Input.ToArray<float>())];
            Assert.Equal(seen, kept.Select(batch => batch.Input.ToArray<float>()));
            kept[0].Input.Fill(9);
            Assert.Equal(seen[0], loader.Epoch(0).First().Input.ToArray<float>());
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void ParametersThatOverlapAreUpdatedOneAfterTheOther(bool isCompiled)
    {
        float[]? expected = null;
        for (int run = 0; run < 20; run++)
        {
            Tensor memory = Tensor.Linspace(0, 1, 40_000);
            Overlapping model = new(memory);
            Optimizer optimizer = new(model, new Adam(), 0.01);
            Tensor x = Tensor.Ones([1]);
            CompiledStep? step = isCompiled ? Compiled.Step(model, optimizer, (output, _) => output.Square().Mean()) : null;
            for (int i = 0; i < 3; i++)
            {
                if (step is not null)
                {
                    step.Run(x, x);
                    continue;
                }
                model.Forward(x).Square().Mean().Backward();
                optimizer.Step();
                optimizer.ZeroGrad();
            }
            float[] found = memory.ToArray<float>();
            expected ??= found;
            Assert.True(expected.SequenceEqual(found), $"run {run}");
        }
    }

    [Fact]
    public void TiedWeightsGetTheSumOfTheirGradientsAndOneUpdate()
    {
        foreach (bool isCompiled in (bool[])[false, true])
        {
            Linear encoder = new(2, 2, bias: false);
            Sequential model = new(encoder, new TiedLinear(encoder, bias: false));
            using (new NoGrad()) encoder.Weight.Assign(Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }));
            Optimizer optimizer = new(model, new Sgd(), 0.5);
            Tensor x = Tensor.From(new float[,] { { 1, -1 } });
            // y = x Wᵀ W, L = Σ y: dW = (W 1) x + (W xᵀ) 1ᵀ
            if (isCompiled) Compiled.Step(model, optimizer, (y, _) => y.Sum()).Run(x, x);
            else
            {
                model.Forward(x).Sum().Backward();
                optimizer.Step();
            }
            Assert.Equal([1 - (0.5f * 2), 2 + (0.5f * 4), 3 - (0.5f * 6), 4 + (0.5f * 8)], encoder.Weight.Detach().ToArray<float>());
        }
    }

    private static Tensor Whole() => Tensor.Linspace(1, Side * Side, Side * Side).Reshape(Side, Side);

    /// <summary>Two views of the same shape, or one that the other stretches to.</summary>
    private static (View To, View From) Pair(int seed)
    {
        Random random = new(seed);
        int rows = random.Next(1, 6), columns = random.Next(1, 6);
        View to = View.Of(random, rows, columns);
        return random.Next(4) switch
        {
            0 => (to, View.Of(random, 1, columns)),
            1 => (to, View.Of(random, rows, 1)),
            _ => (to, View.Of(random, rows, columns)),
        };
    }

    /// <summary>A part of a matrix, some steps apart, perhaps transposed.</summary>
    private sealed record View(int Row, int RowStep, int Rows, int Column, int ColumnStep, int Columns, bool IsTransposed)
    {
        public static View Of(Random random, int rows, int columns)
        {
            bool isTransposed = random.Next(2) == 0;
            (int high, int wide) = isTransposed ? (columns, rows) : (rows, columns);
            (int down, int right) = (random.Next(1, 3), random.Next(1, 3));
            return new View(
                random.Next(Side - (down * (high - 1))), down, high, random.Next(Side - (right * (wide - 1))), right, wide, isTransposed);
        }

        public Tensor Of(Tensor whole)
        {
            Tensor part = whole[Slice.Every(RowStep, Row..(Row + (RowStep * (Rows - 1)) + 1)),
                Slice.Every(ColumnStep, Column..(Column + (ColumnStep * (Columns - 1)) + 1))];
            return IsTransposed ? part.T : part;
        }
    }

    /// <summary>Moves parts of its state over each other, reads it between, and gives what it has read.</summary>
    private sealed class State : Module
    {
        private readonly (View To, View From)[] _moves;
        private readonly bool _copies;

        public State((View To, View From)[] moves, bool copies)
        {
            (_moves, _copies) = (moves, copies);
            RegisterState(Memory = AliasingTests.Whole(), "memory");
        }

        public Tensor Memory { get; }

        protected override Tensor OnForward(Tensor x)
        {
            Tensor y = x;
            foreach ((View to, View from) in _moves)
            {
                Tensor source = from.Of(Memory);
                to.Of(Memory).Assign(_copies ? source.Clone() : source);
                y += Memory;
            }
            Memory[1..].Assign(_copies ? Memory[..^1].Clone() : Memory[..^1]);
            return y + Memory.T;
        }
    }

    /// <summary>Two parameters in one memory, the second half of the one being the first of the other.</summary>
    private sealed class Overlapping : Module
    {
        private readonly Parameter _a, _b;

        public Overlapping(Tensor memory)
        {
            int third = memory.Count / 3;
            Register(_a = new Parameter(memory[..(2 * third)]), "a");
            Register(_b = new Parameter(memory[third..(3 * third)]), "b");
        }

        protected override Tensor OnForward(Tensor x) => (_a * _b) + x;
    }
}
