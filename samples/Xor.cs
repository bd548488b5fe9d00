#:project ../src/Hebb/Hebb.csproj
// Exclusive or: a network written by hand as a module, and the training loop in full.
using Hebb;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

Tensor inputs = Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
Tensor targets = Tensor.From(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });

Network net = new(hidden: 4);
Console.WriteLine(net);
Console.WriteLine($"{net.ParameterCount} parameters");

BceWithLogitsLoss loss = new();
Optimizer optimizer = new(net, new Adam(), learningRate: 0.05);
for (int step = 0; step <= 300; step++)
{
    Tensor error = loss.Forward(net.Forward(inputs), targets);
    if (step % 100 == 0) Console.WriteLine($"step {step,3}: loss {error.Item():0.0000}");
    error.Backward();
    optimizer.Step();
    optimizer.ZeroGrad();
}

Console.WriteLine("a b | a xor b");
using (new NoGrad())
{
    Tensor probabilities = net.Forward(inputs).Sigmoid();
    for (int row = 0; row < 4; row++)
    {
        double p = probabilities[row, 0].Item();
        Console.WriteLine($"{inputs[row, 0].Item()} {inputs[row, 1].Item()} | {(p > 0.5 ? 1 : 0)}   (p = {p:0.000})");
    }
}

/// <summary>y = w₂ tanh(w₁ x + b₁) + b₂: scores, of which the sigmoid is a probability</summary>
public sealed class Network : Module
{
    private readonly Linear _first, _second;

    public Network(int hidden)
    {
        Child(_first = new Linear(2, hidden));
        Child(_second = new Linear(hidden, 1));
        Initialize(seed: 1);
    }

    protected override Tensor OnForward(Tensor x) => _second.Forward(_first.Forward(x).Tanh());
}
