// Exclusive or in F#: operators, slices, a loop of one's own, a module of one's own, and the trainer.
open System
open Hebb
open Hebb.Data
open Hebb.Layers
open Hebb.Losses
open Hebb.Optim
open Hebb.Training

/// y = w₂ tanh(w₁ x + b₁) + b₂
type Network(hidden: int) as this =
    inherit Module()
    let first = Linear(2, hidden)
    let second = Linear(hidden, 1)

    do
        this.Child(first, "first") |> ignore
        this.Child(second, "second") |> ignore
        this.Initialize 1UL

    override _.OnForward(x: Tensor) : Tensor = second.Forward(first.Forward(x).Tanh())

let inputs = Tensor.From(array2D [ [ 0.f; 0.f ]; [ 0.f; 1.f ]; [ 1.f; 0.f ]; [ 1.f; 1.f ] ])
let targets = Tensor.From([| 0.f; 1.f; 1.f; 0.f |], Shape(4, 1))

let net = Network(hidden = 4)
let loss = BceWithLogitsLoss()
let optimizer = Optimizer(net, Adam(), learningRate = 0.05)

for step in 0..300 do
    let error = loss.Forward(net.Forward inputs, targets)
    if step % 100 = 0 then printfn "step %3d: loss %.4f" step (error.Item())
    error.Backward()
    optimizer.Step()
    optimizer.ZeroGrad()

let probabilities () =
    use _ = new NoGrad()
    (net.Forward inputs).Sigmoid()

let p = probabilities ()

for row in 0..3 do
    printfn "%O %O | %d" (inputs[row, 0].Item()) (inputs[row, 1].Item()) (if p[row, 0].Item() > 0.5 then 1 else 0)

// Operators between tensors and numbers, reductions, shapes and slices.
let a = Tensor.Arange(0L, 6L, dtype = DType.Float32).Reshape(2, 3)
let b = 2.0 * a + 1.0 - a / 2.0 * -a
printfn "%O" b
printfn "%O" (b.Sum(0))
printfn "%O" (b[1, Range(Index 0, Index 2)])
printfn "%O" (Tensor.Concat([| a; a.T.Reshape(2, 3) |], 1).Max())
b[0] <- Tensor.Zeros(Shape 3)
printfn "%O" (b.Mean().Item())

// The trainer, with a network that is a list of layers.
let data = DataLoader(Synthetic.Moons(400), 32, DataLoaderOptions(IsShuffled = true))
let layers = Sequential(Linear(2, 16), Relu(), Linear(16, 2))
layers.Initialize 1UL
let rule = Optimizer(layers, Adam(), learningRate = 0.02)
Trainer.Fit(layers, TrainingTask.Classification, rule, data, null, TrainingOptions(Epochs = 20)) |> ignore
printfn "moons: accuracy %.2f" (Trainer.Evaluate(layers, TrainingTask.Classification, data).Score)
