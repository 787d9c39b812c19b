using Sim800.Modem.Sms;
using TestKit;

namespace Sim800.Modem.Tests.Sms;

public sealed class SmsRoundTripTests
{
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?ABCXYZÄÖÑÜ§¿abcxyzäöñüà\f^{}\\[~]|€";

    [Fact]
    public void Any_text_comes_back_from_the_parts_it_was_cut_into()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 1_500; round++)
        {
            var text = RandomText(random, beyondGsm: round % 2 == 0);
            var assembler = new SmsAssembler();
            var parts = SmsSubmit.Split("+46708251358", text, round).ToArray();
            random.Shuffle(parts);

            var messages = parts.Select(part => assembler.Add(SmsDeliver.Read(Deliver.From(part)), null)).OfType<SmsMessage>().ToList();

            Assert.Equal(text, Assert.Single(messages).Text);
            Assert.All(parts, part => Assert.InRange(part.TpduLength, 0, 164));
        }
    }

    private static string RandomText(Random random, bool beyondGsm)
    {
        var text = new System.Text.StringBuilder();
        for (var length = random.Next(700); length > 0; length--)
        {
            text.Append(
                beyondGsm && random.Next(10) == 0
                    ? char.ConvertFromUtf32(random.Next(3) == 0 ? random.Next(0x1F300, 0x1F600) : random.Next(0x400, 0x500))
                    : Basic[random.Next(Basic.Length)].ToString());
        }

        return text.ToString();
    }
}
