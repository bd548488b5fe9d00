namespace Hebb.Kernels;

/// <summary>Which axis of a product's result a bias has one number for.</summary>
internal enum BiasAxis
{
    /// <summary>One number for each column, added to every row: a dense layer's.</summary>
    Column,

    /// <summary>One number for each row, added to every column: a 1 x 1 convolution's.</summary>
    Row,
}
