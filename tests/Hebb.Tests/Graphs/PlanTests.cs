namespace Hebb.Tests.Graphs;

public class PlanTests
{
    private static readonly TensorSpec Four = new(DType.Float64, [4]);

    [Fact]
    public void DeadStepsGo()
    {
        Graph graph = Graph.Trace(x => { x.Exp(); return x.Tanh(); }, Four);
        Assert.Equal(["Exp", "Tanh"], Steps(graph, GraphPasses.None));
        Assert.Equal(["Tanh"], Steps(graph, GraphPasses.DeadSteps));
    }

    [Fact]
    public void ConstantsAreFoldedButTensorsFromOutsideAreNot()
    {
        Tensor outside = Tensor.Ones([4], DType.Float64);
        Graph graph = Graph.Trace(x => x * (Tensor.Ones([4], DType.Float64) + 2).Exp() + outside.Exp(), Four);
        Assert.Equal(["AddScalar", "Exp", "Mul", "Exp", "Add"], Steps(graph, GraphPasses.None));
        Assert.Equal(["Mul", "Exp", "Add"], Steps(graph, GraphPasses.Folding));
        Same(graph, GraphPasses.Folding);
    }

    [Fact]
    public void EqualStepsAreJoinedUnlessAnAssignmentComesBetween()
    {
        Graph graph = Graph.Trace(x => x.Tanh() * x.Tanh() + x.Sigmoid() * x.Tanh(), Four);
        Assert.Equal(["Tanh", "Tanh", "Mul", "Sigmoid", "Tanh", "Mul", "Add"], Steps(graph, GraphPasses.None));
        Assert.Equal(["Tanh", "Mul", "Sigmoid", "Mul", "Add"], Steps(graph, GraphPasses.CommonSteps));
        Same(graph, GraphPasses.CommonSteps);

        Tensor sum = Tensor.Zeros([4], DType.Float64);
        Graph changing = Graph.Trace(x => { Tensor before = sum * 2; sum.Assign(sum + x); return before + sum * 2; }, Four);
        Assert.Equal([2.0, 2, 2, 2], changing.Evaluate(Tensor.Ones([4], DType.Float64))[0].ToArray<double>());
        Assert.Equal([6.0, 6, 6, 6], changing.Evaluate(Tensor.Ones([4], DType.Float64))[0].ToArray<double>());
    }

    [Fact]
    public void OpsWhoseConstantsDifferInTheSignOfZeroStayApart()
    {
        Func<Tensor, double, Tensor>[] ops =
        [
            (x, zero) => x * zero, (x, zero) => x + zero, (x, zero) => x - zero, (x, zero) => zero - x, (x, zero) => x / zero,
            (x, zero) => zero / x, (x, zero) => x.LeakyRelu(zero), (x, zero) => x.Clip(zero, 1), (x, zero) => x.Pad([1], [1], value: zero),
            (x, zero) => Tensor.Where(x > 1, x, zero),
        ];
        foreach (Func<Tensor, double, Tensor> op in ops)
        {
            Graph graph = Graph.Trace(x => Tensor.Concat([1 / op(x, 0.0), 1 / op(x, -0.0)]), Four);
            foreach (Tensor x in (Tensor[])[Tensor.From<double>(-1, 0, -0.0, 1), Tensor.From<double>(-2, -0.0, 0, 0.5)])
                Assert.Equal(Bits(Tensor.Concat([1 / op(x, 0.0), 1 / op(x, -0.0)])), Bits(graph.Evaluate(x)[0]));
        }

        static long[] Bits(Tensor tensor) => [.. tensor.ToArray<double>().Select(BitConverter.DoubleToInt64Bits)];
    }

    [Fact]
    public void RandomNumbersAreDrawnEachForItself()
    {
        Rng rng = new(3);
        Graph graph = Graph.Trace(
            x => x * Tensor.Uniform([4], rng, dtype: DType.Float64) - x * Tensor.Uniform([4], rng, dtype: DType.Float64), Four);
        Assert.All(graph.Evaluate(Tensor.Ones([4], DType.Float64))[0].ToArray<double>(), difference => Assert.NotEqual(0, difference));
    }

    [Fact]
    public void CopiesAndProductsWithOneGo()
    {
        Graph graph = Graph.Trace(x => ((x.Tanh() * 1).Clone() / 1).Exp() + 0, Four);
        Assert.Equal(["Tanh", "Exp", "AddScalar"], Steps(graph, GraphPasses.Identities));
        Same(graph, GraphPasses.Identities);
    }

    [Fact]
    public void AnElementwiseChainRunsInOnePlace()
    {
        Graph graph = Graph.Trace(x => x.Tanh().Exp().Sigmoid().Tanh(), new TensorSpec(DType.Float64, [1000]));
        Assert.Equal(2 * 8000, new Plan(graph, GraphPasses.None).Memory.Bytes, 128.0);
        Assert.Equal(8000, new Plan(graph, GraphPasses.InPlace).Memory.Bytes, 128.0);
        Same(graph, GraphPasses.InPlace);
    }

    [Fact]
    public void AnOperandThatIsReadTwiceIsNotWrittenOver()
    {
        // The sum reads y along both axes, so that writing over y would spoil what is read later.
        Graph graph = Graph.Trace(x => { Tensor y = x.Tanh(); return y + y.T; }, new TensorSpec(DType.Float64, [50, 50]));
        Same(graph, GraphPasses.InPlace);
        Assert.Equal(2 * 20_000, new Plan(graph, GraphPasses.InPlace).Memory.Bytes, 128.0);
    }

    [Fact]
    public void ArgumentsAndResultsAreNotWrittenOver()
    {
        Tensor x = Tensor.From<double>(1, 2, 3, 4);
        Graph graph = Graph.Trace(arguments => { Tensor y = arguments[0].Exp(); return [y, y.Tanh(), arguments[0].Tanh()]; }, Four);
        Tensor[] results = graph.Evaluate(x);
        Assert.Equal([1.0, 2, 3, 4], x.ToArray<double>());
        Assert.Equal(x.Exp().ToArray<double>(), results[0].ToArray<double>());
        Assert.Equal(x.Exp().Tanh().ToArray<double>(), results[1].ToArray<double>());
    }

    [Fact]
    public void AConstantThatIsWrittenLaterMakesThePlanOld()
    {
        Tensor? kept = null;
        Graph graph = Graph.Trace(x => x + (kept = Tensor.Ones([4], DType.Float64)).Exp(), Four);
        Plan plan = new(graph, GraphPasses.All);
        Assert.True(plan.IsCurrent);
        kept!.Fill(2);
        Assert.False(plan.IsCurrent);
    }

    [Fact]
    public void MemoryIsNotMuchMoreThanWhatLivesAtOnce()
    {
        Graph graph = Graph.Trace(x =>
        {
            Tensor y = x;
            for (int i = 1; i <= 20; i++) y = Tensor.Concat([y, y.Tanh()], 0)[..(100 * i)].Exp();
            return y.Sum();
        }, new TensorSpec(DType.Float64, [100]));
        PlanMemory memory = graph.Memory();
        Assert.InRange(memory.BlockBytes, memory.LiveBytes, 1.2 * memory.LiveBytes);
        Same(graph, GraphPasses.All);
    }

    [Fact]
    public void ElementwiseOpsRunInTheLoopOfTheirOnlyUser()
    {
        Graph graph = Graph.Trace(x => (x * 2 + x.Square()).Sum() * -x, Four);
        Assert.Equal(["MulScalar", "Square", "Add", "Sum", "Neg", "Mul"], Steps(graph, GraphPasses.None));
        Assert.Equal(["Sum(Add(MulScalar(·), Square(·)))", "Mul(·, Neg(·))"], Steps(graph, GraphPasses.LaneFusion));
        Same(graph, GraphPasses.LaneFusion);
    }

    [Fact]
    public void WhatOthersSeeOrWhatHasAnotherShapeStaysALoopOfItsOwn()
    {
        Graph twice = Graph.Trace(x => { Tensor y = x.Square(); return y.Sum() + -y; }, Four);
        Assert.Equal(["Square", "Sum", "Add(·, Neg(·))"], Steps(twice, GraphPasses.LaneFusion));
        Graph result = Graph.Trace(arguments => { Tensor y = arguments[0].Square(); return [y, -y]; }, Four);
        Assert.Equal(["Square", "Neg"], Steps(result, GraphPasses.LaneFusion));
        Graph view = Graph.Trace(x => -x.Square().T, new TensorSpec(DType.Float64, [3, 5]));
        Assert.Equal(["Square", "Neg"], Steps(view, GraphPasses.LaneFusion));
        Graph stretched = Graph.Trace(x => x[..1].Square() + x, Four);
        Assert.Equal(["Square", "Add"], Steps(stretched, GraphPasses.LaneFusion));
        foreach (Graph graph in (Graph[])[twice, result, view, stretched]) Same(graph, GraphPasses.LaneFusion);
    }

    [Fact]
    public void ALoopHasSixOpsAndOneTranscendentalAtMost()
    {
        Graph longChain = Graph.Trace(x => (-(-(-(-x).Square()).Square()).Square()).Square(), Four);
        Assert.Equal(["Square(Neg(·))", "Square(Neg(Square(Neg(Square(Neg(·))))))"], Steps(longChain, GraphPasses.LaneFusion));
        Graph heavy = Graph.Trace(x => (x.Exp() * 2).Tanh() + 1, Four);
        Assert.Equal(["Exp", "AddScalar(Tanh(MulScalar(·)))"], Steps(heavy, GraphPasses.LaneFusion));
        Same(longChain, GraphPasses.LaneFusion);
        Same(heavy, GraphPasses.LaneFusion);
    }

    [Fact]
    public void ASumOfAllElementsIsFedByTheLoopThatComputesThem()
    {
        foreach (int n in new[] { 1, 3, 4096, 70_000 })
        {
            Graph graph = Graph.Trace(x => ((x.Tanh() - 1).Square() * x[..1].Sum()).Sum(), new TensorSpec(DType.Float64, [n]));
            Assert.Equal(["Sum", "Sum(Mul(Square(AddScalar(Tanh(·))), ·))"], Steps(graph, GraphPasses.LaneFusion));
            Same(graph, GraphPasses.LaneFusion);
        }
        Graph turned = Graph.Trace(x => (x + x.T).Sum(), new TensorSpec(DType.Float64, [30, 30]));
        Assert.Equal(["Add", "Sum"], Steps(turned, GraphPasses.LaneFusion));
        Graph rows = Graph.Trace(x => x.Square().Sum(1).Sum(), new TensorSpec(DType.Float64, [3, 5]));
        Assert.Equal(["Square", "Sum", "Sum"], Steps(rows, GraphPasses.LaneFusion));
        Same(turned, GraphPasses.LaneFusion);
        Same(rows, GraphPasses.LaneFusion);
    }

    [Fact]
    public void AProductOrAConvolutionEndsWithTheOpsThatFollow()
    {
        Tensor w = Tensor.Uniform([3, 5], new Rng(2), -1, 1, DType.Float64),
            filters = Tensor.Uniform([2, 1, 3, 3], new Rng(3), -1, 1, DType.Float64);
        Graph dense = Graph.Trace(x => x.Linear(w).Tanh() * 2, new TensorSpec(DType.Float64, [4, 5]));
        Assert.Equal(["MulScalar(Tanh(Linear))"], Steps(dense, GraphPasses.LaneFusion));
        Graph images = Graph.Trace(x => x.Conv2d(filters).Relu(), new TensorSpec(DType.Float64, [2, 1, 6, 7]));
        Assert.Equal(["Relu(Conv2d)"], Steps(images, GraphPasses.LaneFusion));
        Same(dense, GraphPasses.LaneFusion);
        Same(images, GraphPasses.LaneFusion);
    }

    [Fact]
    public void AnOpWithoutALaneFunctionIsNotFused()
    {
        Graph graph = Graph.Trace(x => ((-x).Apply(new Doubled()).Square() + 1).Sum(), Four);
        Assert.Equal(["Neg", "Doubled", "Sum(AddScalar(Square(·)))"], Steps(graph, GraphPasses.LaneFusion));
        Same(graph, GraphPasses.All);
        Graph fed = Graph.Trace(x => x.Apply(new Doubled()).Sum(), Four);
        Assert.Equal(["Doubled", "Sum"], Steps(fed, GraphPasses.LaneFusion));
        Same(fed, GraphPasses.All);
    }

    [Fact]
    public void AnEffectInBetweenStopsOnlyTheOpsThatReadWhatItChanges()
    {
        Tensor state = Tensor.Zeros([4], DType.Float64);
        Graph graph = Graph.Trace(x =>
        {
            Tensor free = x.Square() + 1, before = state * 2;
            state.Assign(state + x);
            // The state is read again, so that the assignment runs in its place, on a copy.
            return (free.Sqrt() * before).Sum() * (state + 1).Square();
        }, Four);
        Assert.Equal(
            ["Clone", "MulScalar", "Add", "Assignment", "Sum(Mul(Sqrt(AddScalar(Square(·))), ·))", "Mul(·, Square(AddScalar(·)))"],
            Steps(graph, GraphPasses.LaneFusion));
        Tensor x = Tensor.From<double>(1, 2, 3, 4);
        double[][] found = [.. new[] { GraphPasses.None, GraphPasses.LaneFusion, GraphPasses.All }.Select(passes =>
        {
            state.Fill(0.5);
            PlanRun run = new(new Plan(graph, passes));
            for (int i = 0; i < 3; i++)
            {
                double[] before = state.ToArray<double>();
                run.Compute(x);
                Assert.Equal(before, state.ToArray<double>());
                run.Commit();
            }
            return run.Result(0).ToArray<double>();
        })];
        Assert.Equal(found[0], found[1]);
        Assert.Equal(found[0], found[2]);
    }

    /// <summary>y = 2x, element by element, by a kernel of its own.</summary>
    private readonly record struct Doubled : IElementwise
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = inputs[0];

        Kernel IOp.Bind(ref OpCall call)
        {
            call.RowMajor(0);
            return static (in v) =>
            {
                for (int i = 0; i < v.Output<double>(0).Length; i++) v.Output<double>(0)[i] = v.Input<double>(0)[i] * 2;
            };
        }

        void IOp.Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0) * 2);
    }

    private static IEnumerable<string> Steps(Graph graph, GraphPasses passes) => new Plan(graph, passes).Steps.Select(step => step.Name);

    /// <summary>The passes change no bit of the results, twice over.</summary>
    private static void Same(Graph graph, GraphPasses passes)
    {
        Tensor x = Tensor.Uniform(graph.Arguments[0].Shape, new Rng(1), -1, 1, DType.Float64);
        PlanRun plain = new(new Plan(graph, GraphPasses.None)), changed = new(new Plan(graph, passes));
        for (int i = 0; i < 2; i++)
        {
            plain.Compute(x);
            changed.Compute(x);
            Assert.Equal(plain.Result(0).ToArray<double>(), changed.Result(0).ToArray<double>());
        }
    }
}
