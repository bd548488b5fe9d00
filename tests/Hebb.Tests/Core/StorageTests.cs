using Hebb.Layers;

namespace Hebb.Tests.Core;

public class StorageTests
{
    [Fact]
    public void SmallMemoriesAreLaidSideBySideWithTheirValues()
    {
        Tensor[] tensors = [Tensor.From<float>(1, 2, 3), Tensor.From<float>(4), Tensor.From<float>(5, 6)];
        Storage row = StorageRow.Over([.. tensors.Select(tensor => tensor.Storage)])!;
        Assert.Equal([1, 2, 3, 4, 5, 6], row.Span<float>().ToArray());
        row.Span<float>()[3] = 40;
        Assert.Equal(40, tensors[1].Item<float>());
        Assert.Equal([1, 2, 3], tensors[0].ToArray<float>());
        Assert.True(row.SharesMemory(tensors[1].Storage));
        Assert.False(tensors[0].Storage.SharesMemory(tensors[1].Storage));
    }

    [Fact]
    public void MemoryInCommonIsFoundInWholeTensorsPartsAndRows()
    {
        Tensor whole = Tensor.Zeros([4, 4]);
        Tensor[] halves = whole.Split([2, 2]), small = [Tensor.From<float>(1, 2), Tensor.From<float>(3)];
        Assert.False(Tensor.HaveOverlap([halves[1], halves[0], .. small, Tensor.Zeros([4, 4]), whole.Split([0, 4])[0]]));
        Assert.True(Tensor.HaveOverlap([halves[1], .. small, whole]));
        Tensor row = new(StorageRow.Over([small[0].Storage, small[1].Storage])!, new TensorSpec(DType.Float32, [3]), 0);
        Assert.False(Tensor.HaveOverlap(small));
        Assert.True(Tensor.HaveOverlap([small[1], whole, row]));
        Parameter late = new([80, 80], Initializer.Uniform());
        Assert.True(Tensor.HaveOverlap([late, whole, late]));
    }

    [Fact]
    public void ARowStaysWhereItIs()
    {
        Storage a = Tensor.From<float>(1, 2).Storage, b = Tensor.From<float>(3).Storage, c = Tensor.From<float>(4).Storage;
        Storage row = StorageRow.Over([a, b])!;
        Assert.True(StorageRow.Over([a, b])!.SharesMemory(row));
        Assert.Null(StorageRow.Over([b, a]));
        Assert.Null(StorageRow.Over([a, b, c]));
        Assert.Equal([4], c.Span<float>().ToArray());
        Assert.Equal([1, 2, 3], row.Span<float>().ToArray());
    }

    [Fact]
    public void MemoryThatAUserHasSeenIsNotMoved()
    {
        Tensor seen = Tensor.From<float>(1, 2), other = Tensor.From<float>(3);
        Memory<float> held = seen.AsMemory<float>();
        Assert.Null(StorageRow.Over([seen.Storage, other.Storage]));
        held.Span[0] = 10;
        Assert.Equal([10, 2], seen.ToArray<float>());
    }
}
