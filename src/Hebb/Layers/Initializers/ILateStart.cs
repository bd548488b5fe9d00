namespace Hebb.Layers;

/// <summary>
/// Start values that depend on nothing but shape, type and stream, so that a parameter draws them when they are first read: a network of
/// any size is made and summarized in no time.
/// </summary>
internal interface ILateStart : IInitializer
{
    /// <summary>Refuses at once what <see cref="IInitializer.Draw"/> would refuse later.</summary>
    /// <exception cref="ShapeException">There are no such start values for the shape.</exception>
    void Require(Shape shape) { }
}
