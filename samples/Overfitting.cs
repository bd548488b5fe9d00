#:project ../src/Hebb/Hebb.csproj
// A network of 63,501 parameters learns six noisy points by heart; what decay of weights, dropout and more points change.
// --save FILE draws how the losses went, as SVG.
using System.Globalization;
using System.Text;
using Hebb;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

const int Epochs = 1000, Every = 20;
(Tensor testX, Tensor testT) = Points(300, seed: 100);
Console.WriteLine($"noise of the test points: {(testT - Truth(testX)).Square().Mean().Item():0.0000}");
Console.WriteLine("                 training loss   test loss   test / training");
List<(string Name, double[] Train, double[] Test)> runs =
[
    Run("six points", 6, new Identity()),
    Run("with decay", 6, new Identity(), new WeightDecay(0.01) { IncludesBiases = true }),
    Run("with dropout", 6, new Dropout(0.5)),
    Run("300 points", 300, new Identity()),
];
if (args is ["--save", string file])
{
    File.WriteAllText(file, Drawing(runs));
    Console.WriteLine($"drawn in {file}");
}

(string Name, double[] Train, double[] Test) Run(string name, int points, Module drop, params IUpdateHook[] hooks)
{
    Sequential net = [new Linear(1, 250), new Relu(), new Linear(250, 250), new Relu(), drop, new Linear(250, 1)];
    net.Initialize(seed: 3);
    (Tensor x, Tensor t) = Points(points, seed: 3);
    MseLoss loss = new();
    Optimizer optimizer = new(net, new Sgd(0.9), learningRate: 0.02);
    optimizer.Hooks.AddRange(hooks);
    CompiledStep step = Compiled.Step(net, optimizer, loss.Forward);
    List<double> train = [], test = [];
    for (int epoch = 0; epoch <= Epochs; epoch++)
    {
        if (epoch % Every == 0)
        {
            net.Eval();
            using (new NoGrad())
            {
                train.Add(loss.Forward(net.Forward(x), t).Item());
                test.Add(loss.Forward(net.Forward(testX), testT).Item());
            }
            net.Train();
        }
        step.Run(x, t);
    }
    double ratio = test[^1] / train[^1];
    Console.WriteLine($"{name,-14}   {train[^1],13:0.0000}   {test[^1],9:0.0000}   "
        + $"{(ratio > 20 ? "more than 20" : ratio > 2 ? "more than 2" : "less than 2"),15}");
    return (name, [.. train], [.. test]);
}

static Tensor Truth(Tensor x) => (-((x - 0.55) / 0.25).Square()).Exp() * 0.5 + 0.4;

static (Tensor X, Tensor T) Points(int count, ulong seed)
{
    Tensor x = Tensor.Linspace(0, 1, count).Reshape(count, 1);
    return (x, Truth(x) + Tensor.Normal([count, 1], new Rng(seed, RngStreams.Data), 0, 0.1));
}

// A panel for each run: the training loss in blue and the test loss in red, on a scale of powers of ten from 0.0001 to 1.
static string Drawing(List<(string Name, double[] Train, double[] Test)> runs)
{
    StringBuilder svg = new(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 880 220\" font-family=\"sans-serif\" font-size=\"12\">\n");
    for (int i = 0; i < runs.Count; i++)
    {
        int left = 10 + i * 215;
        svg.Append($"<rect x=\"{left}\" y=\"30\" width=\"205\" height=\"180\" fill=\"none\" stroke=\"#999\"/><text x=\"{left}\" "
            + $"y=\"22\">{runs[i].Name}</text>\n");
        Curve(runs[i].Train, "#1f6fb4");
        Curve(runs[i].Test, "#c03030");

        void Curve(double[] losses, string color) => svg.Append(CultureInfo.InvariantCulture,
            $"<polyline fill=\"none\" stroke=\"{color}\" "
                + $"points=\"{string.Join(' ', losses.Select((l, k) => Place(left + 205.0 * k / (losses.Length - 1), l)))}\"/>\n");
    }
    return svg.Append("</svg>\n").ToString();

    static string Place(double x, double loss) =>
        string.Create(CultureInfo.InvariantCulture, $"{x:0.#},{30 - 45 * Math.Log10(Math.Clamp(loss, 1e-4, 1)):0.#}");
}
