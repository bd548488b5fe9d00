namespace Hebb.Data;

/// <summary>
/// What becomes, in data after training, of a category that the file which the model was fitted to does not have, or of a missing category
/// if that file lacked none.
/// </summary>
public enum UnknownCategories
{
    /// <summary>An error that names line and column.</summary>
    Refuse,

    /// <summary>It counts as missing, in columns that know missing cells from training; an error in others.</summary>
    Missing,

    /// <summary>All inputs of the column are 0, as training has never seen it; an error in columns that are embedded.</summary>
    Zeros,
}
