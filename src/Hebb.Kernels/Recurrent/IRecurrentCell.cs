namespace Hebb.Kernels;

/// <summary>
/// What a recurrent layer computes at one step from drives z (the products of inputs with their weights, and biases) and products p of the
/// state before with the recurrent weights. A cell works on some rows of one group of units.
/// </summary>
internal interface IRecurrentCell<T> where T : unmanaged
{
    /// <summary>G, drives of each unit.</summary>
    static abstract int Gates { get; }

    /// <summary>How many numbers of each unit and step the gradient reads.</summary>
    static abstract int Kept { get; }

    /// <summary>Whether there is a second state, c, that no weights see.</summary>
    static abstract bool HasCell { get; }

    /// <summary>Whether gradients of the products differ from those of the drives.</summary>
    static abstract bool HasOwnProducts { get; }

    /// <summary>The states after the step, and what the gradient reads.</summary>
    void Forward<V>(in CellForward<T> rows) where V : struct, ILane<V, T>;

    /// <summary>From the gradient of the states after the step those of drives, products and the states before, but for p.</summary>
    void Backward<V>(in CellBackward<T> rows) where V : struct, ILane<V, T>;
}

/// <summary>Rows of one group of units at one step, on their way forward.</summary>
internal unsafe struct CellForward<T> where T : unmanaged
{
    /// <summary>Rows, and units of the group.</summary>
    public int Rows, Units;

    /// <summary>Where each row finds its drives and puts its output.</summary>
    public int* Places;

    /// <summary>z: the drives of a place, and from one gate to the next.</summary>
    public T* Drives;
    public nint DrivesRow, DrivesGate;

    /// <summary>p, gate by gate, a panel's width apart.</summary>
    public T* Products;
    public nint ProductsRow;

    /// <summary>h before and after, and c, which is replaced.</summary>
    public T* Before, After, Cell;
    public nint StatesRow;

    /// <summary>h once more, among the outputs.</summary>
    public T* Outputs;
    public nint OutputsRow;

    /// <summary>What is kept for the gradient, number by number, a panel's width apart.</summary>
    public T* Kept;
    public nint KeptRow;

    /// <summary>A bias of p of the cell's last gate; null for none.</summary>
    public T* Bias;
}

/// <summary>Rows of one group of units at one step, on their way backward.</summary>
internal unsafe struct CellBackward<T> where T : unmanaged
{
    /// <summary>Rows, and units of the group.</summary>
    public int Rows, Units;

    /// <summary>Where each row finds its gradients of outputs and puts those of drives.</summary>
    public int* Places;

    /// <summary>dz: the gradients of the drives of a place, and from one gate to the next.</summary>
    public T* Drives;
    public nint DrivesRow, DrivesGate;

    /// <summary>dp in the order of the batch; null if it is dz.</summary>
    public T* Products;

    /// <summary>dp for the product with the weights, a gate's units apart.</summary>
    public T* Next;
    public nint NextRow;

    /// <summary>h before, of a place.</summary>
    public T* Before;
    public nint OutputsRow;

    /// <summary>The gradient of the output of a place, and what came from the step after through the weights, in panels.</summary>
    public T* Outputs, Through;
    public nint ThroughRow;

    /// <summary>What comes from the step after past the weights; replaced by what goes to the step before.</summary>
    public T* State, Cell;
    public nint StatesRow;

    /// <summary>What was kept, number by number, a panel's width apart.</summary>
    public T* Kept;
    public nint KeptRow;
}
