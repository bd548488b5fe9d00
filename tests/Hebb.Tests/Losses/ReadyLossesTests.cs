using Hebb.Losses;

namespace Hebb.Tests.Losses;

public class ReadyLossesTests
{
    [Fact]
    public void EveryNameMakesALossOfItsOwnKind()
    {
        Loss[] losses = [.. ReadyLosses.Names.Select(ReadyLosses.Make)];
        Assert.Equal(losses.Length, losses.Select(loss => loss.GetType()).Distinct().Count());
        Assert.IsType<CrossEntropyLoss>(ReadyLosses.Make("cross-entropy"));
    }

    [Fact]
    public void AnUnknownNameListsTheKnown() =>
        Assert.Contains("mse", Assert.Throws<ArgumentException>(() => ReadyLosses.Make("error")).Message, StringComparison.Ordinal);
}
