namespace Hebb.Tests.Core;

public class PlainTextTests
{
    [Fact]
    public void ListsNameTheFirstAndSayThatThereAreMore()
    {
        string[] names = ["a", "b\u001b", "c"];
        Assert.Equal("a, b\\u001b, c", PlainText.List(names, 3));
        Assert.Equal("a, b\\u001b, ...", PlainText.List(names, 2));
        Assert.Equal("", PlainText.List([], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PlainText.List(names, 0));
    }
}
