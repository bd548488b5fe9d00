using System.Reflection;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;
using Module = Hebb.Layers.Module;

namespace Hebb.Tests.Registry;

/// <summary>A constructor refuses a number that makes no sense, by a sentence that names the argument, or what it makes works.</summary>
public class HostileArgumentTests
{
    private static readonly int[] s_wholes = [0, -1, int.MinValue, int.MaxValue];
    private static readonly double[] s_numbers = [0, -1, -0.5, 1.5, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly Type[] s_kinds =
    [
        typeof(Module), typeof(ISchedule), typeof(IUpdateRule), typeof(IUpdateHook), typeof(ICallback), typeof(IMetric),
        typeof(IInitializer), typeof(IAugmentation), typeof(Penalty),
    ];

    private static readonly Type[] s_types =
    [
        .. typeof(Module).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: false, IsGenericType: false }
            && s_kinds.Any(kind => kind.IsAssignableFrom(type))),
    ];

    [Fact]
    public void NumbersThatMakeNoSenseAreRefusedWhereTheyAreGiven()
    {
        int tried = 0, refused = 0;
        foreach (Type type in s_types)
        {
            foreach (ConstructorInfo constructor in type.GetConstructors())
            {
                if (Usual(constructor) is not { } usual) continue;
                ParameterInfo[] parameters = constructor.GetParameters();
                for (int i = 0; i < parameters.Length; i++)
                {
                    foreach (object? value in Hostile(parameters[i]))
                    {
                        object?[] arguments = [.. usual];
                        arguments[i] = value;
                        string what = $"{type.Name}({parameters[i].Name}: {value})";
                        tried++;
                        if (Try(constructor, arguments) is not { } error) continue;
                        refused++;
                        Assert.True(error is ArgumentException, $"{what}: {error}");
                        Assert.DoesNotContain("Actual value", error.Message, StringComparison.Ordinal);
                    }
                }
            }
        }
        Assert.True(tried > 500 && refused > 250, $"{refused} of {tried} were refused");
    }

    /// <summary>NaN and infinities are refused by all that computes with them later.</summary>
    [Fact]
    public void NoScheduleRuleOrInitializerTakesNaN()
    {
        List<string> taken = [];
        foreach (Type type in s_types.Where(type => !typeof(IMetric).IsAssignableFrom(type)))
        {
            foreach (ConstructorInfo constructor in type.GetConstructors())
            {
                if (Usual(constructor) is not { } usual) continue;
                ParameterInfo[] parameters = constructor.GetParameters();
                for (int i = 0; i < parameters.Length; i++)
                {
                    if (parameters[i].ParameterType != typeof(double) && parameters[i].ParameterType != typeof(double?)) continue;
                    object?[] arguments = [.. usual];
                    arguments[i] = double.NaN;
                    if (Try(constructor, arguments) is null) taken.Add($"{type.Name}.{parameters[i].Name}");
                }
            }
        }
        Assert.Equal([], taken.Distinct());
    }

    /// <summary>Numbers that are set behind a constructor are looked at like its arguments.</summary>
    [Fact]
    public void NumbersOfPropertiesThatMakeNoSenseAreRefused()
    {
        // A negative gain climbs, and a negative dampening lets more of the gradient in.
        string[] mayBeNegative = ["Sgd.Gain", "Sgd.Dampening"];
        List<string> taken = [];
        int tried = 0;
        Type[] types = [.. s_types, .. typeof(Module).Assembly.GetExportedTypes().Where(
            type => type is { IsAbstract: false, IsGenericType: false } && typeof(Loss).IsAssignableFrom(type))];
        foreach (Type type in types)
        {
            (ConstructorInfo? constructor, object?[]? usual) = type.GetConstructors().Select(found => (found, Usual(found)))
                .FirstOrDefault(found => found.Item2 is not null);
            if (constructor is null) continue;
            foreach (PropertyInfo property in type.GetProperties().Where(property => property.PropertyType == typeof(double)
                && property.SetMethod is { IsPublic: true }))
            {
                foreach (double value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1])
                {
                    object made = constructor.Invoke(usual);
                    tried++;
                    try
                    {
                        property.SetValue(made, value);
                        string name = $"{type.Name}.{property.Name}";
                        if (value != -1 || !mayBeNegative.Contains(name)) taken.Add($"{name} = {value}");
                    }
                    catch (TargetInvocationException error)
                    {
                        Assert.IsAssignableFrom<ArgumentException>(error.InnerException);
                    }
                }
            }
        }
        Assert.Equal([], taken);
        Assert.True(tried >= 40, $"only {tried} were tried");
    }

    [Theory]
    [InlineData("kernel", 0)]
    [InlineData("kernel", -3)]
    [InlineData("stride", 0)]
    [InlineData("stride", -1)]
    [InlineData("pad", -1)]
    [InlineData("pad", int.MaxValue)]
    [InlineData("dilation", 0)]
    [InlineData("dilation", int.MaxValue)]
    public void SettingsOfWindowsAreNamedByTheConstructor(string name, int value)
    {
        foreach (Type type in (Type[])[typeof(Conv1d), typeof(Conv2d), typeof(Conv3d), typeof(ConvTranspose1d), typeof(ConvTranspose2d),
            typeof(ConvTranspose3d), typeof(MaxPool1d), typeof(MaxPool2d), typeof(MaxPool3d), typeof(AvgPool1d), typeof(AvgPool2d),
            typeof(AvgPool3d)])
        {
            foreach (ConstructorInfo constructor in type.GetConstructors())
            {
                int at = Array.FindIndex(constructor.GetParameters(), parameter => parameter.Name == name
                    && (parameter.ParameterType == typeof(int) || parameter.ParameterType == typeof(int?)));
                if (at < 0 || Usual(constructor) is not { } usual) continue;
                usual[at] = value;
                Exception? error = Try(constructor, usual);
                Assert.True(error is ArgumentException, $"{type.Name}({name}: {value}): {error}");
                Assert.Contains(name, error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<object?> Hostile(ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(int)) return s_wholes.Cast<object?>();
        if (type == typeof(long)) return s_wholes.Select(whole => (object?)(long)whole);
        if (type == typeof(double)) return s_numbers.Cast<object?>();
        return type.IsValueType || type.IsByRefLike ? [] : [null];
    }

    /// <summary>Arguments that the constructor takes; null where it needs something that is not made here.</summary>
    private static object?[]? Usual(ConstructorInfo constructor)
    {
        ParameterInfo[] parameters = constructor.GetParameters();
        object?[] usual = new object?[parameters.Length];
        for (int i = 0; i < usual.Length; i++)
        {
            Type type = parameters[i].ParameterType;
            if (parameters[i].HasDefaultValue) usual[i] = parameters[i].DefaultValue;
            else if (type == typeof(int) || type == typeof(int?)) usual[i] = 2;
            else if (type == typeof(long)) usual[i] = 10L;
            else if (type == typeof(double)) usual[i] = 0.5;
            else if (type == typeof(ISchedule)) usual[i] = new ConstantLearningRate(0.1);
            else if (type == typeof(PoolWindow)) usual[i] = PoolWindow.Square(2);
            else if (type == typeof(string)) usual[i] = "y";
            else if (type == typeof(IMetric)) usual[i] = new RSquared();
            else return null;
        }
        return Try(constructor, usual) is null ? usual : null;
    }

    private static Exception? Try(ConstructorInfo constructor, object?[] arguments)
    {
        try
        {
            constructor.Invoke(arguments);
            return null;
        }
        catch (TargetInvocationException error)
        {
            return error.InnerException;
        }
    }
}
