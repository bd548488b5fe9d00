namespace Hebb.Kernels;

/// <summary>The three things that a convolution is asked for.</summary>
internal enum ConvPass
{
    /// <summary>Outputs from inputs.</summary>
    Forward,

    /// <summary>Gradients of the inputs from gradients of the outputs.</summary>
    InputGradient,

    /// <summary>Gradients of weights and bias from inputs and gradients of the outputs.</summary>
    WeightGradient,
}
