using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_standard_comes_out_whole_and_in_pieces()
    {
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Append(0, "1234"u8), "56789"u8));
        Assert.Equal(0xAE426082u, Crc32.Append(0, "IEND"u8));
    }
}
