using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class ShuffledSamplerTests
{
    [Fact]
    public void Orders_are_permutations_that_change_with_seed_and_epoch_and_repeat()
    {
        int[] order = Order(1, 0);
        Assert.Equal(Enumerable.Range(0, 500), order.Order());
        Assert.Equal(order, Order(1, 0));
        Assert.NotEqual(order, Order(1, 1));
        Assert.NotEqual(order, Order(2, 0));
        Assert.InRange(order.Where((sample, place) => sample == place).Count(), 0, 8); // one fixed point on average

        static int[] Order(ulong seed, int epoch)
        {
            int[] order = new int[500];
            new ShuffledSampler(500, seed).Fill(epoch, order);
            return order;
        }
    }
}
