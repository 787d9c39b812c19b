using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using TestKit;

namespace Sim800.Modem.Tests.At;

/// <summary>A text in quotes goes on over the ends of its lines, whatever they look like.</summary>
public sealed class OpenQuoteTests
{
    private const string Told = "\r\nSIMCOM_Ltd\r\n\r\nOK\r\n";

    private static readonly string[] LookAlikes =
    [
        "RDY", "CLOSED", "RING", "SERVER 1", "0, CLOSED", "+PDP: DEACT", "OK", "ERROR", "+CME ERROR: 3", "SIMCOM_Ltd", "> ", "+CMTI: \"SM\",1",
        "UNDER-VOLTAGE WARNNING", "+CIPRXGET: 2,0,5,0", "+CREG: 1", "NORMAL POWER DOWN", "Call Ready", "AT+GMI",
    ];

    public static TheoryData<string> Texts =>
    [
        "Charged 0.10\nLeft 1.25\nThanks",
        "Charged 0.10\r\nLeft 1.25\r\nThanks",
        "Menu\r\n\r\n1 Balance\r\n\r\n\r\n2 Help",
        "\r\nMenu",
        "Menu\r\n",
        "Say \"yes\", please\r\nor \"no\"",
        "Press \"1\"\r\nor \"2\"",
        "A 5\" screen\r\nfor 9.90",
        "ends in a comma,\r\nand goes on",
        .. LookAlikes.Select(line => $"Menu\r\n{line}\r\nEnd"),
        string.Join("\r\n", LookAlikes),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Whatever_stands_between_the_quotes_is_text(string text)
    {
        var urc = $"\r\n+CUSD: 2,\"{text}\",15\r\n";
        foreach (var wire in new[] { urc + Told, "\r\nSIMCOM_Ltd\r\n" + urc + "\r\nOK\r\n", "\r\n+CREG: 1\r\n" + urc + Told })
        {
            var bytes = Encoding.Latin1.GetBytes(wire);
            foreach (var pieces in Splits.Of(bytes.Length))
            {
                var listener = new Listener();
                listener.Begin(StandardCommands.Manufacturer);
                listener.Feed(bytes, pieces);
                Assert.Equal("OK [SIMCOM_Ltd]", listener.Answer);
                Assert.Equal($"Ussd: +CUSD: 2,\"{text}\",15", listener.Heard[^1]);
                Assert.Equal(wire.StartsWith("\r\n+CREG", StringComparison.Ordinal) ? 2 : 1, listener.Heard.Count);
            }
        }
    }

    [Theory]
    [InlineData("+CUSD: 2")]
    [InlineData("+CUSD: 0,\"Say \"yes\", please\",15")]
    [InlineData("+CUSD: 0,\"no scheme\"")]
    [InlineData("+CUSD: 0,\"\",15")]
    [InlineData("+CUSD: 0,\"A 5\" screen\",15")]
    [InlineData("+CPBR: 1,\"+4917\",145,\"Bob\"")]
    [InlineData("+CUSD: 0,5\" screen")]
    [InlineData("*PSUTTZ: 23/03/12,22:09:23\",\"+04\",0")] // a quote too many, of another command set
    [InlineData("+COPS: 0,0,\"damaged")]
    public void A_line_whose_quotes_are_closed_or_that_has_no_text_ends_with_its_line(string line)
    {
        var listener = new Listener();
        listener.Feed($"\r\n{line}\r\n");
        Assert.EndsWith(line, Assert.Single(listener.Heard), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+T: 0,\",1", true)] // a text that begins like what follows one
    [InlineData("+T: 0,\"a\",", true)]
    [InlineData("+T: 0,\"a\",1", false)]
    [InlineData("+T: 0,\"a\",b", true)]
    [InlineData("+T: 1,\"REC\",\"SM\",1", false)]
    [InlineData("+T: 1,\"see \"SM\",1", false)]
    [InlineData("+T: 1,\"see +CMTI: \"SM\",1", true)] // the field of another line
    public void Where_a_text_ends_is_told_by_what_stands_around_the_quote(string line, bool isOpen) =>
        Assert.Equal(isOpen, OpenQuote.IsIn(Encoding.Latin1.GetBytes(line)));

    [Fact]
    public void A_quote_that_was_lost_costs_what_comes_within_two_seconds_and_no_more()
    {
        var listener = new Listener();
        listener.Feed("\r\n+CUSD: 0,\"Left 1.25\r\n\r\nRING\r\n");
        Assert.Empty(listener.Heard);
        listener.Clock.Advance(TimeSpan.FromSeconds(2));
        listener.Begin(StandardCommands.Manufacturer);
        listener.Feed(Told);
        Assert.Equal("OK [SIMCOM_Ltd]", listener.Answer);
        Assert.Equal(["Ussd: +CUSD: 0,\"Left 1.25", "Call: RING"], listener.Heard);
    }

    [Fact]
    public void An_answer_that_was_taken_for_text_is_found_again()
    {
        var listener = new Listener();
        listener.Begin(StandardCommands.Manufacturer);
        listener.Feed("\r\n+CUSD: 0,\"Left 1.25\r\n" + Told);
        Assert.Null(listener.Answer);
        Assert.False(listener.Look());
        Assert.False(listener.Look());
        Assert.Equal("OK [SIMCOM_Ltd]", listener.Answer);
        Assert.Equal(["Ussd: +CUSD: 0,\"Left 1.25"], listener.Heard);
    }

    [Fact]
    public void A_text_without_an_end_is_given_up_when_it_is_longer_than_any()
    {
        var listener = new Listener();
        listener.Begin(StandardCommands.Manufacturer);
        listener.Feed("\r\n+CUSD: 0,\"Left 1.25\r\n" + Told);
        listener.Feed(string.Concat(Enumerable.Repeat("\r\nRING\r\n", 1 + (AtParser.MaxTextLength / 8))));
        Assert.Equal("OK [SIMCOM_Ltd]", listener.Answer);
        Assert.Equal("Call: RING", listener.Heard[^1]);
        listener.Forget();
        listener.Feed("\r\nRING\r\n");
        Assert.Equal(["Call: RING"], listener.Heard);
    }
}
