namespace Hebb.Data;

/// <summary>One of the tensors that a data set fills: its name, its role, and type and shape of one sample.</summary>
/// <param name="Name">The name, unlike that of the set's other fields.</param>
/// <param name="Role">What it is for: input, target or weight of samples.</param>
/// <param name="DType">The type of its elements as the data set writes them.</param>
/// <param name="Shape">The shape of one sample, for example [1, 28, 28]; along <see cref="VaryingAxis"/> the size of the longest.</param>
public sealed record Field(string Name, FieldRole Role, DType DType, Shape Shape)
{
    /// <summary>The name of a set's input where it has one.</summary>
    public const string InputName = "input";

    /// <summary>The name of a set's target where it has one.</summary>
    public const string TargetName = "target";

    private const double IgnoredClass = -100;

    /// <summary>
    /// The axis of a sample along which samples have sizes of their own, 0 for the steps of [T, F]; null if all have one shape.
    /// </summary>
    public int? VaryingAxis { get; init; }

    /// <summary>What short samples are filled up with; 0 by default, and for the classes of steps -100, which losses ignore.</summary>
    public double Padding { get; init; }

    /// <summary>
    /// If values are the numbers of tokens, such as words, how many tokens there are: they go from 0 to one less. Null if they are none.
    /// </summary>
    public int? TokenCount { get; init; }

    /// <summary>For a target, what it asks of a model: a class or numbers; null for others.</summary>
    public Target? Target { get; init; }

    /// <summary>Measurements that a model takes, float32.</summary>
    /// <param name="shape">The shape of one sample: [channels, rows, columns] of an image, [columns] of a row of a table.</param>
    /// <param name="name">The name.</param>
    public static Field Input(Shape shape, string name = InputName) => new(name, FieldRole.Input, DType.Float32, shape);

    /// <summary>Numbers of tokens that a model takes, int64.</summary>
    /// <param name="count">How many tokens there are.</param>
    /// <param name="shape">
    /// The shape of one sample, [T] of a text of T words; one token by default, of which <see cref="Sequence"/> makes texts.
    /// </param>
    /// <param name="name">The name.</param>
    public static Field Tokens(int count, Shape? shape = null, string name = InputName) =>
        new(name, FieldRole.Input, DType.Int64, shape ?? Shape.Scalar) { TokenCount = count };

    /// <summary>One class out of the named ones, int64.</summary>
    /// <param name="names">The names of the classes.</param>
    /// <param name="name">The name of the field.</param>
    public static Field Classes(IReadOnlyList<string> names, string name = TargetName) => Of(Data.Target.Classes(names), name);

    /// <summary>Numbers that a model learns to give, float32.</summary>
    /// <param name="names">What each number is.</param>
    /// <param name="name">The name of the field.</param>
    public static Field Values(IReadOnlyList<string> names, string name = TargetName) => Of(Data.Target.Values(names), name);

    /// <summary>What a target asks: a class, int64, or some numbers, float32.</summary>
    /// <param name="target">What is asked.</param>
    /// <param name="name">The name of the field.</param>
    public static Field Of(Target target, string name = TargetName)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.IsClass
            ? new Field(name, FieldRole.Target, DType.Int64, Shape.Scalar) { Target = target }
            : new Field(name, FieldRole.Target, DType.Float32, [target.Width]) { Target = target };
    }

    /// <summary>What each sample counts in the loss, float32.</summary>
    /// <param name="name">The name.</param>
    public static Field Weight(string name = "weight") => new(name, FieldRole.SampleWeight, DType.Float32, Shape.Scalar);

    /// <summary>The same at each step of sequences of unequal lengths: [T, ...], which the loader pads and gives a mask.</summary>
    /// <param name="longest">The steps of the longest sample.</param>
    public Field Sequence(int longest)
    {
        Argument.AtLeast(longest, 1);
        double padding = Target is { IsClass: true } ? IgnoredClass : Padding;
        return this with { Shape = Shape.Insert(0, longest), VaryingAxis = 0, Padding = padding };
    }

    /// <summary>Such as <c>input float32[50, 3], axis 0 varies</c>.</summary>
    public override string ToString() => $"{Name} {DType.Name}{Shape}{(VaryingAxis is { } axis ? $", axis {axis} varies" : "")}";
}
