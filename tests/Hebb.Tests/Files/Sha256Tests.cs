using System.Security.Cryptography;
using Hebb.Files;

namespace Hebb.Tests.Files;

public class Sha256Tests
{
    /// <summary>Every length around the blocks, in pieces of every size, has the system's hash.</summary>
    [Fact]
    public void TheHashIsThatOfTheSystem()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 37 + i / 7))];
        for (int length = 0; length < bytes.Length; length++)
        {
            Sha256 hash = new();
            for (int at = 0, piece = 1 + length % 70; at < length; at += piece) hash.Append(bytes.AsSpan(at, Math.Min(piece, length - at)));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, length))), hash.Finish());
        }
    }

    [Fact]
    public void AFileHasTheHashOfItsBytes()
    {
        using TestFolder folder = new();
        byte[] bytes = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * i))];
        File.WriteAllBytes(folder["some"], bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Sha256.Of(folder["some"]));
    }
}
