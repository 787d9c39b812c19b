using Sim800.Modem.At;

namespace Sim800.Modem.Tests.Errors;

public sealed class CmeErrorTests
{
    [Theory]
    [InlineData("+CME ERROR: 3", 3)]
    [InlineData("+CME ERROR:3", 3)]
    [InlineData("+CME ERROR: operation not allowed", 3)]
    [InlineData("+CME ERROR: SIM not inserted", 10)]
    [InlineData("+CME ERROR: sim busy", 14)]
    [InlineData("+CME ERROR: CFUN state is 0 or 4", 797)]
    [InlineData("+CME ERROR: no such words", null)]
    [InlineData("ERROR", null)]
    public void Words_and_numbers_mean_the_same(string line, int? code)
    {
        var result = AtResult.OfError(line);
        Assert.False(result.IsSuccess);
        Assert.Equal(code, result.CmeError);
    }

    /// <summary>SIM800 manual 18.1.</summary>
    [Theory]
    [InlineData(3, "operation not allowed")]
    [InlineData(4, "operation not supported")]
    [InlineData(10, "SIM not inserted")]
    [InlineData(11, "SIM PIN required")]
    [InlineData(12, "SIM PUK required")]
    [InlineData(13, "SIM failure")]
    [InlineData(14, "SIM busy")]
    [InlineData(15, "SIM wrong")]
    [InlineData(16, "incorrect password")]
    [InlineData(30, "no network service")]
    [InlineData(31, "network timeout")]
    [InlineData(32, "network not allowed - emergency calls only")]
    [InlineData(99, "resource limitation")]
    [InlineData(100, "unknown")]
    [InlineData(103, "illegal MS")]
    [InlineData(106, "illegal ME")]
    [InlineData(107, "GPRS services not allowed")]
    [InlineData(111, "PLMN not allowed")]
    [InlineData(112, "location area not allowed")]
    [InlineData(132, "service option not supported")]
    [InlineData(133, "requested service option not subscribed")]
    [InlineData(148, "unspecified GPRS error")]
    [InlineData(149, "PDP authentication failure")]
    [InlineData(160, "DNS resolve failed")]
    [InlineData(161, "Socket open failed")]
    [InlineData(180, "gprs is not attached")]
    [InlineData(181, "tcpip stack is busy")]
    [InlineData(601, "unrecognized command")]
    [InlineData(770, "SIM network reject")]
    [InlineData(772, "SIM powered down")]
    [InlineData(797, "CFUN state is 0 or 4")]
    public void A_code_and_its_words_are_the_same_error(int code, string words)
    {
        Assert.Equal(code, AtResult.OfError("+CME ERROR: " + words).CmeError);
        Assert.Equal(code, AtResult.OfError($"+CME ERROR: {code}").CmeError);
        Assert.True(AtResult.IsError(System.Text.Encoding.ASCII.GetBytes("+CME ERROR: " + words)));
    }

    [Fact]
    public void Errors_of_the_message_service_have_their_own_codes() => Assert.Equal(500, AtResult.OfError("+CMS ERROR: 500").CmsError);

    [Fact]
    public void Every_code_has_its_words_back() => Assert.Equal(("operation not allowed", null), (CmeError.TextOf(3), CmeError.TextOf(12345)));
}
