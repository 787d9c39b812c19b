using Sim800.Modem.Alphabets;
using Sim800.Modem.Sms;
using TestKit;

namespace Sim800.Modem.Tests.Sms;

public sealed class SeptetPackingTests
{
    [Theory]
    [InlineData("hellohello", "E8329BFD4697D9EC37")]
    [InlineData("How are you?", "C8F71D14969741F977FD07")]
    [InlineData("1", "31")]
    [InlineData("12345678", "31D98C56B3DD70")]
    [InlineData("", "")]
    public void Eight_characters_share_seven_octets(string text, string packed)
    {
        var septets = GsmAlphabet.Encode(text);

        Assert.Equal(packed, Convert.ToHexString(SeptetPacking.Pack(septets, 0)));
        Assert.Equal(septets, SeptetPacking.Unpack(Convert.FromHexString(packed), septets.Length, 0));
    }

    [Fact]
    public void Any_septets_behind_any_fill_bits_come_back()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++)
        {
            var septets = new byte[random.Next(161)];
            random.NextBytes(septets);
            septets = [.. septets.Select(septet => (byte)(septet & 0x7F))];
            var fill = random.Next(7);

            var packed = SeptetPacking.Pack(septets, fill);

            Assert.Equal(SeptetPacking.OctetCount(septets.Length, fill), packed.Length);
            Assert.Equal(septets, SeptetPacking.Unpack(packed, septets.Length, fill));
        }
    }
}
