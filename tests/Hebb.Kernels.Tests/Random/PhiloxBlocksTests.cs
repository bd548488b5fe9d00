namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public unsafe class PhiloxBlocksTests
{
    // The known answers for philox4x32-10 that accompany Salmon, Moraes, Dror and Shaw 2011 (Random123, kat_vectors).
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0a4093822UL, 0x85a308d3243f6a88UL, 0x0370734413198a2eUL, 0xd16cfe09u, 0x94fdcceb, 0x5001e420u, 0x24126ea1u)]
    public void KnownAnswers(ulong key, ulong low, ulong high, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), PhiloxBlocks.Block(key, low, high));

    [Fact]
    public void GroupsAreMadeOfBlocksInTheDocumentedOrder()
    {
        const ulong Seed = 0x123456789ABCDEF0, Stream = 0xFEDCBA9876543210;
        foreach (ulong group in new ulong[] { 0, 1, 12345678901, (1UL << 58) - 3 })
        {
            uint[] words = Everywhere.Same(() =>
            {
                var w = new uint[128];
                fixed (uint* p = w) PhiloxBlocks.Words(Seed, Stream, group, p, 2);
                return w;
            });
            ulong[] wide = Everywhere.Same(() =>
            {
                var w = new ulong[64];
                fixed (ulong* p = w) PhiloxBlocks.WideWords(Seed, Stream, group, p, 2);
                return w;
            });
            for (int block = 0; block < 32; block++)
            {
                int at = block / 16 * 64, i = block % 16;
                var (w0, w1, w2, w3) = PhiloxBlocks.Block(Seed, (group * 16) + (ulong)block, Stream);
                Assert.Equal((w0, w1, w2, w3), (words[at + i], words[at + 16 + i], words[at + 32 + i], words[at + 48 + i]));
                (w0, w1, w2, w3) = PhiloxBlocks.Block(Seed, ((group * 16) + (ulong)block) | (1UL << 63), Stream);
                Assert.Equal((w0 | ((ulong)w1 << 32), w2 | ((ulong)w3 << 32)), (wide[(at / 2) + i], wide[(at / 2) + 16 + i]));
            }
        }
    }
}
