using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_write_replaces_the_whole_file_and_leaves_nothing_beside_it()
    {
        using TestFolder folder = new();
        AtomicFile.WriteText(folder["a.txt"], "a long first content");
        AtomicFile.WriteText(folder["a.txt"], "short");
        Assert.Equal("short", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file()
    {
        using TestFolder folder = new();
        AtomicFile.WriteText(folder["a.txt"], "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
        Assert.ThrowsAny<IOException>(() => AtomicFile.WriteText(folder["no/such/a.txt"], "x"));
    }
}
