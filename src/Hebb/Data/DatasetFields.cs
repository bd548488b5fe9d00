namespace Hebb.Data;

/// <summary>What follows from the fields of a data set.</summary>
public static class DatasetFields
{
    extension(IDataset data)
    {
        /// <summary>The shape of one sample of the first input.</summary>
        /// <exception cref="ArgumentException">The set has no input.</exception>
        public Shape InputShape => data.First(FieldRole.Input).Shape;

        /// <summary>How many tokens there are, if the first input is numbers of tokens; else null.</summary>
        /// <exception cref="ArgumentException">The set has no input.</exception>
        public int? TokenCount => data.First(FieldRole.Input).TokenCount;

        /// <summary>What the first target asks of a model: a class or numbers.</summary>
        /// <exception cref="ArgumentException">The set has no target.</exception>
        public Target Target => data.First(FieldRole.Target) is { Target: { } target } ? target
            : throw new ArgumentException(
                $"The target '{data.First(FieldRole.Target)}' of a data set says neither classes nor numbers; "
                + "make it with Field.Classes or Field.Values.");

        /// <summary>The field of a name.</summary>
        /// <exception cref="ArgumentException">There is none.</exception>
        public Field Field(string name) => data.Fields.FirstOrDefault(field => field.Name == name)
            ?? throw new ArgumentException(
                $"A data set has no field '{name}'; it has {string.Join(" and ", data.Fields.Select(field => field.Name))}.");

        /// <summary>The values of a field for some samples, or all, one sample after the other, row-major.</summary>
        /// <param name="name">The field, whose samples have one shape.</param>
        /// <param name="samples">The samples; all if left out.</param>
        /// <exception cref="InvalidOperationException">The field has elements of another type.</exception>
        public T[] Read<T>(string name, int[]? samples = null) where T : unmanaged
        {
            samples ??= [.. Enumerable.Range(0, data.Count)];
            BatchMemory memory = new(data, samples, only: data.Field(name));
            memory.RequireType<T>(name);
            data.Fill(samples, memory);
            return memory.Batch(default)[name].ToArray<T>();
        }

        private Field First(FieldRole role) => data.Fields.FirstOrDefault(field => field.Role == role)
            ?? throw new ArgumentException(
                $"A data set has no {role.ToString().ToLowerInvariant()} among its fields "
                + $"({string.Join(", ", data.Fields.Select(field => field.Name))}); declare one.");
    }
}
