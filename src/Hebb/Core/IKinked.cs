namespace Hebb;

/// <summary>
/// An op whose derivative jumps somewhere, such as ReLU at 0 or the larger of two at a tie. Gradient checks ask it on which piece each
/// element lies, because a difference quotient across a kink is not the derivative.
/// </summary>
public interface IKinked
{
    /// <summary>For each element which smooth piece it is on, as a bool or int64 tensor, from what the op took and gave.</summary>
    Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs);
}
