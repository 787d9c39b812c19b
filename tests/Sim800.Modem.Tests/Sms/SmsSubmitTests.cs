using Sim800.Modem.Sms;

namespace Sim800.Modem.Tests.Sms;

public sealed class SmsSubmitTests
{
    [Fact]
    public void A_short_text_is_one_message_in_the_GSM_alphabet()
    {
        var submit = Assert.Single(SmsSubmit.Split("+46708251358", "hellohello", 0));

        // service centre of the SIM | SUBMIT, reference 0 | +46708251358 | protocol 0, alphabet 0 | 10 septets
        Assert.Equal("00" + "0100" + "0B916407281553F8" + "0000" + "0A" + "E8329BFD4697D9EC37", submit.Hex);
        Assert.Equal(22, submit.TpduLength);
    }

    [Fact]
    public void A_text_beyond_the_GSM_alphabet_goes_as_UCS2()
    {
        var submit = Assert.Single(SmsSubmit.Split("12345", "Да😀", 0));

        Assert.Equal("00" + "0100" + "05812143F5" + "0008" + "08" + "04140430D83DDE00", submit.Hex);
    }

    [Fact]
    public void An_empty_text_is_a_message_too() =>
        Assert.Equal("00" + "0100" + "04812143" + "0000" + "00", Assert.Single(SmsSubmit.Split("1234", "", 0)).Hex);

    [Theory]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    public void A_GSM_text_is_cut_at_160_or_153_characters(int length, int parts) =>
        Assert.Equal(parts, SmsSubmit.Split("1", new string('x', length), 0).Count);

    [Theory]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void A_UCS2_text_is_cut_at_70_or_67_characters(int length, int parts) =>
        Assert.Equal(parts, SmsSubmit.Split("1", new string('Ж', length), 0).Count);

    [Fact]
    public void Parts_carry_their_number_and_the_low_bits_of_the_reference()
    {
        var parts = SmsSubmit.Split("1234", new string('x', 161), 0x1A7);

        // SUBMIT with header | 1234 | 160 septets | header: concatenation A7, part 1 of 2
        Assert.StartsWith("00" + "4100" + "04812143" + "0000" + "A0" + "050003A70201", parts[0].Hex, StringComparison.Ordinal);
        Assert.StartsWith("00" + "4100" + "04812143" + "0000" + "0F" + "050003A70202", parts[1].Hex, StringComparison.Ordinal);
        Assert.Equal(149, parts[0].TpduLength); // 9 octets of header fields and 140 of user data
    }

    [Fact]
    public void An_escape_sequence_is_never_cut_in_two()
    {
        var text = new string('x', 152) + "€" + new string('y', 20);

        var texts = SmsSubmit.Split("1", text, 0).Select(Deliver.TextOf).ToList();

        Assert.Equal([new string('x', 152), "€" + new string('y', 20)], texts);
    }

    [Fact]
    public void A_surrogate_pair_is_never_cut_in_two()
    {
        var text = new string('Ж', 66) + "😀" + new string('Ж', 10);

        var texts = SmsSubmit.Split("1", text, 0).Select(Deliver.TextOf).ToList();

        Assert.Equal([new string('Ж', 66), "😀" + new string('Ж', 10)], texts);
    }

    [Fact]
    public void A_text_for_more_than_255_parts_is_refused()
    {
        Assert.Equal(255, SmsSubmit.Split("1", new string('x', 255 * 153), 0).Count);
        var e = Assert.Throws<ArgumentException>(() => SmsSubmit.Split("1", new string('x', (255 * 153) + 1), 0));
        Assert.Contains("256", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+491701234567", true)]
    [InlineData("112", true)]
    [InlineData("*100#", true)]
    [InlineData("12345678901234567890", true)]
    [InlineData("123456789012345678901", false)]
    [InlineData("", false)]
    [InlineData("+", false)]
    [InlineData("0170 1234567", false)]
    [InlineData("12\r\nAT+CFUN=0", false)]
    [InlineData("１２", false)]
    public void Only_what_can_be_dialled_is_a_number(string number, bool valid) =>
        Assert.Equal(valid, SmsAddress.IsNumber(number));
}
