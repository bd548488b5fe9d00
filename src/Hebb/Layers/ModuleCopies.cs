namespace Hebb.Layers;

/// <summary>Copies and conversions of modules that keep the module's own type.</summary>
public static class ModuleCopies
{
    extension<T>(T module) where T : Module
    {
        /// <summary>
        /// A module of the same type and configuration with copies of all values, frozen and switched as this one is. Gradients are not
        /// copied; noise goes on from the same position.
        /// </summary>
        /// <exception cref="InvalidOperationException">A part does not say how to make another of its kind.</exception>
        public T Clone()
        {
            T copy = module.New() switch
            {
                null => throw Argument.Nothing($"{module.GetType().Name}.New", "a fresh module of the same configuration"),
                T made => made,
                Module other => throw new InvalidOperationException(
                    $"{module.GetType().Name}.New made a {other.GetType().Name}; it must make a module of its own type."),
            };
            (string Name, Tensor Value)[] from = [.. module.AllState()], to = [.. copy.AllState()];
            if (!from.Select(item => item.Name).SequenceEqual(to.Select(item => item.Name)))
                throw new InvalidOperationException(
                    $"New of {module.Kind} made a module with other parameters than its own; it must make one of the same configuration.");
            Tie(from, to, copy);
            foreach (((_, Tensor value), (_, Tensor target)) in from.Zip(copy.AllState()))
            {
                target.Rebind(value.Detach().Clone());
                target.RequiresGrad = value.RequiresGrad;
            }
            copy.Noise = new Rng(module.Noise.Seed, module.Noise.Stream) { Position = module.Noise.Position };
            foreach ((Module original, Module part) in module.NamedModules().Zip(copy.NamedModules(), (a, b) => (a.Value, b.Value)))
            {
                if (original.IsTraining) part.Train();
                else part.Eval();
            }
            return copy;
        }

        /// <summary>
        /// Converts all parameters and floating-point state to another type in place, such as to float64 for a gradient check, and forgets
        /// gradients. Optimizers made before no longer fit.
        /// </summary>
        /// <returns>The module itself.</returns>
        /// <exception cref="ArgumentException">The type is not floating-point.</exception>
        public T To(DType dtype)
        {
            if (!dtype.IsFloat)
                throw new ArgumentException(
                    $"{module.Kind} was asked to compute in {dtype.Name}, but networks compute in float32 or float64; choose one.",
                    nameof(dtype));
            foreach ((string name, Tensor value) in module.AllState())
            {
                if (!value.DType.IsFloat || value.DType == dtype) continue;
                value.Rebind(Module.Narrowed(name, value, dtype));
                value.ZeroGrad();
            }
            return module;
        }
    }

    /// <summary>Where parts of the original hold one parameter, those of the copy shall too.</summary>
    private static void Tie((string Name, Tensor Value)[] from, (string Name, Tensor Value)[] to, Module copy)
    {
        Dictionary<Tensor, Parameter> firsts = [];
        for (int i = 0; i < from.Length; i++)
        {
            if (to[i].Value is not Parameter mine) continue;
            if (!firsts.TryGetValue(from[i].Value, out Parameter? first)) firsts.Add(from[i].Value, mine);
            else if (first != mine)
            {
                foreach ((_, Module part) in copy.NamedModules().Where(part => part.Value.Holds(mine))) part.Tie(mine, first);
            }
        }
    }
}
