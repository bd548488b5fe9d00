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

    [Fact]
    public void Links_and_permissions_stay()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Permissions are those of Unix.");
            return;
        }
        using TestFolder folder = new();
        File.WriteAllText(folder["a.txt"], "old");
        File.SetUnixFileMode(folder["a.txt"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(folder["link.txt"], "a.txt");
        File.CreateSymbolicLink(folder["link of link.txt"], "link.txt");
        AtomicFile.WriteText(folder["link of link.txt"], "new");
        Assert.Equal("new", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["a.txt"]));
        Assert.Equal("a.txt", new FileInfo(folder["link.txt"]).LinkTarget);
        Assert.Equal(["a.txt", "link of link.txt", "link.txt"], folder.Names);
        File.CreateSymbolicLink(folder["to nothing.txt"], "b.txt");
        AtomicFile.WriteText(folder["to nothing.txt"], "there now");
        Assert.Equal("there now", File.ReadAllText(folder["b.txt"]));
    }

    [Fact]
    public void What_a_killed_writer_left_hinders_nobody()
    {
        using TestFolder folder = new();
        for (int i = 0; i < 10; i++) File.WriteAllText(folder[$"a.txt.{Environment.ProcessId}-{i}.tmp"], "half");
        AtomicFile.WriteText(folder["a.txt"], "whole");
        Assert.Equal("whole", File.ReadAllText(folder["a.txt"]));
    }
}
