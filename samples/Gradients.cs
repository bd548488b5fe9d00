#:project ../src/Hebb/Hebb.csproj
// What differentiation can do: higher derivatives, products with Hessians, hooks, the search for a NaN, and checks.
using Hebb;

Console.WriteLine("-- First and second derivatives of x sin x");
Tensor x = Tensor.From(0, 1.0, 2.0).Track();
Tensor y = x * x.Sin();
Tensor first = Gradient.Of(y.Sum(), x, createGraph: true);
Tensor second = Gradient.Of(first.Sum(), x);
Console.WriteLine(first.Detach());
Console.WriteLine(second);
Console.WriteLine(2 * x.Detach().Cos() - x.Detach() * x.Detach().Sin());

Console.WriteLine("-- A Hessian times a vector, without the Hessian");
Tensor Rosenbrock(Tensor p) => (1 - p[0]).Square() + 100 * (p[1] - p[0].Square()).Square();
Tensor point = Tensor.From(1.0, 1.0);
Console.WriteLine(Jacobian.HessianVector(Rosenbrock, point, Tensor.From(1.0, 0.0)));
Console.WriteLine(Jacobian.HessianVector(Rosenbrock, point, Tensor.From(0.0, 1.0)));

Console.WriteLine("-- A hook sees a gradient on its way, and may change it");
Tensor w = Tensor.From(3.0, -4.0).Track();
Tensor squares = w.Square();
using (squares.OnGradient(gradient => gradient * Tensor.From(1.0, 0.0)))
{
    squares.Sum().Backward();
}

Console.WriteLine(w.Grad);

Console.WriteLine("-- Where does the NaN come from?");
Tensor origin = Tensor.Zeros([2], DType.Float64).Track();
origin.Square().Sum().Sqrt().Backward();
Console.WriteLine($"the gradient of a length at 0 is {origin.Grad}");
try
{
    using (new NaNFinder(infinitiesToo: true)) origin.Square().Sum().Sqrt().Backward();
}
catch (NonFiniteException error)
{
    Console.WriteLine(error.Message);
}

Console.WriteLine("-- Checks against differences");
Tensor v = Tensor.From(-1.5, 0.000001, 2.0).Track();
Console.WriteLine(GradientCheck.Run(() => v.Softplus().Square().Sum(), [("smooth", v)]));
Console.WriteLine(GradientCheck.Run(() => v.Relu().Sum(), [("kinked", v)]));
