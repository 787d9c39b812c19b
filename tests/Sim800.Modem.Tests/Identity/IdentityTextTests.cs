using Sim800.Modem.Identity;

namespace Sim800.Modem.Tests.Identity;

public sealed class IdentityTextTests
{
    [Theory]
    [InlineData("SIM800 R14.18", "SIM800 R14.18")]
    [InlineData(" SIMCOM_SIM800L ", "SIMCOM_SIM800L")]
    public void A_name_is_what_stands_in_the_line(string line, string expected)
    {
        Assert.True(IdentityText.TryReadName(line, out var name));
        Assert.Equal(expected, name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("SIM\u0000800")]
    [InlineData("SIM800 SIM800 SIM800 SIM800 SIM800 SIM800 SIM800 SIM800 SIM800 SIM800")]
    public void Emptiness_control_characters_and_endless_names_are_refused(string line) =>
        Assert.False(IdentityText.TryReadName(line, out _));

    [Theory]
    [InlineData("Revision:1418B05SIM800L24", "1418B05SIM800L24")]
    [InlineData("Revision: 1418B05SIM800L24", "1418B05SIM800L24")]
    [InlineData("1418B05SIM800L24", "1418B05SIM800L24")]
    public void A_firmware_is_known_with_and_without_its_word(string line, string expected)
    {
        Assert.True(IdentityText.TryReadFirmware(line, out var firmware));
        Assert.Equal(expected, firmware);
    }

    [Theory]
    [InlineData("869988012345678", "869988012345678")]
    [InlineData("+GSN: 869988012345678", "869988012345678")]
    [InlineData("\"869988012345678\"", "869988012345678")]
    public void An_IMEI_is_15_digits(string line, string expected)
    {
        Assert.True(IdentityText.TryReadImei(line, out var imei));
        Assert.Equal(expected, imei);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0, CLOSED")]
    [InlineData("8699880123456")]
    [InlineData("86998801234567890")]
    [InlineData("86998801234567A")]
    [InlineData("٨٦٩٩٨٨٠١٢٣٤٥٦٧٨")]
    public void Anything_else_is_no_IMEI(string line) => Assert.False(IdentityText.TryReadImei(line, out _));

    [Theory]
    [InlineData("89490200001234567890", "89490200001234567890")]
    [InlineData("8949020000123456789F", "8949020000123456789")]
    [InlineData("8949020000123456789f", "8949020000123456789")]
    [InlineData("+CCID: 89490200001234567890", "89490200001234567890")]
    [InlineData("+CCID: \"89490200001234567890\"", "89490200001234567890")]
    [InlineData("898600B5112233445566", "898600B5112233445566")]
    [InlineData("898600b511223344556f", "898600b511223344556")]
    [InlineData("ICCID: 8986 ", null)]
    [InlineData("ICCID: 89860012345678901234", "89860012345678901234")]
    [InlineData("CCID:\"898600A2345678901234\"", "898600A2345678901234")]
    [InlineData("no card number", null)]
    [InlineData("8986011234567890123G", null)]
    public void A_card_number_may_end_in_F_and_have_a_prefix(string line, string? expected)
    {
        Assert.Equal(expected is not null, IdentityText.TryReadIccid(line, out var iccid));
        Assert.Equal(expected ?? iccid, iccid);
    }

    [Fact]
    public void A_subscriber_is_up_to_15_digits()
    {
        Assert.True(IdentityText.TryReadImsi("262021234567890", out var imsi));
        Assert.Equal("262021234567890", imsi);
        Assert.False(IdentityText.TryReadImsi("2620212345678901", out _));
    }
}
