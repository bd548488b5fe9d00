namespace Hebb.Data;

/// <summary>What a tensor of a batch is for.</summary>
public enum FieldRole
{
    /// <summary>The model takes it.</summary>
    Input,

    /// <summary>The loss compares the model's output with it.</summary>
    Target,

    /// <summary>What each sample counts in the loss, [N].</summary>
    SampleWeight,

    /// <summary>How long the sequences of a field are, int64 [N]; the loader makes it.</summary>
    Lengths,

    /// <summary>Which steps of the padded sequences of a field count, bool [N, T]; the loader makes it.</summary>
    Mask,
}
