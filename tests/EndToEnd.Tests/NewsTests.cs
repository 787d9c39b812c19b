namespace EndToEnd.Tests;

/// <summary>What the modem says by itself, as <c>at</c> shows it, and the verbs for messages, USSD and location.</summary>
public sealed class NewsTests
{
    private const string Menu = "\r\nOK\r\n\r\n+CUSD: 1,\"Menu\r\nRDY\r\n\r\n2 Help\",15\r\n";

    [Fact]
    public async Task At_shows_the_reply_to_USSD_that_comes_after_the_OK()
    {
        await using var modem = TestModem.Start("broker.test:1883=127.0.0.1:1");
        await using var run = At(modem.DevicePath, "AT+CUSD=1,\"*100#\",15");
        Assert.True(await run.ExitCodeAsync() == 0, run.Error);
        Assert.Equal("OK\n+CUSD: 0, \"Balance: 12.34 EUR\", 15\n", run.Output);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("AT+CUSD=1,\"*100#\",15", Menu, "OK\n+CUSD: 1,\"Menu\nRDY\n\n2 Help\",15\n")]
    [InlineData("at+cusd=1, \"*100#\"", "\r\n+CUSD: 2,\"Bye\",15\r\n\r\nOK\r\n", "+CUSD: 2,\"Bye\",15\nOK\n")]
    [InlineData("AT+CNTP", "\r\nOK\r\n\r\n+CNTP: 1\r\n", "+CNTP: 1\n")]
    [InlineData("AT+CNTPCID=1;+CNTP", "\r\nOK\r\n\r\n+CNTP: 61\r\n", "OK\n+CNTP: 61\n")]
    [InlineData("AT+CSQ", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n\r\n+CREG: 1\r\n", "+CSQ: 21,0\nOK\n")] // nobody asked
    public async Task At_waits_for_a_reply_where_one_is_due(string command, string answer, string shown)
    {
        await using var modem = OddModem.Start(given => given.Equals(command, StringComparison.OrdinalIgnoreCase) ? answer : null);
        await using var run = At(modem.DevicePath, command);
        Assert.True(await run.ExitCodeAsync() == 0, run.Error);
        Assert.Equal(shown, run.Output);
    }

    [Fact]
    public async Task At_shows_everything_for_as_long_as_it_is_told_to_wait()
    {
        await using var modem = OddModem.Start(given => given == "AT+CNMI=2,1" ? "\r\nOK\r\n\r\n+CMTI: \"SM\",3\r\n\r\n+CREG: 1\r\n\r\nRING\r\n" : null);
        await using var run = At(modem.DevicePath, "AT+CNMI=2,1", "--wait", "2");
        Assert.True(await run.ExitCodeAsync() == 0, run.Error);
        Assert.Equal("OK\n+CMTI: \"SM\",3\n+CREG: 1\nRING\n", run.Output);
    }

    [Fact]
    public async Task A_message_that_comes_while_at_works_is_announced()
    {
        await using var modem = OddModem.Start(("AT+CSQ", "\r\n+CMTI: \"ME\",3\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n"));
        await using var run = At(modem.DevicePath, "AT+CSQ");
        Assert.True(await run.ExitCodeAsync() == 0, run.Error);
        Assert.Equal("+CSQ: 21,0\nOK\n+CMTI: \"ME\",3\n", run.Output);
    }

    [Fact]
    public async Task A_refused_command_is_not_waited_behind()
    {
        await using var modem = OddModem.Start(("AT+CUSD=1,\"*100#\",15", "\r\n+CME ERROR: operation not allowed\r\n"));
        await using var run = At(modem.DevicePath, "AT+CUSD=1,\"*100#\",15");
        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Ussd_prints_the_text_alone()
    {
        await using var modem = OddModem.Start(
            ("AT+CSCS?", "\r\n+CSCS: \"UCS2\"\r\n\r\nOK\r\n"),
            ("AT+CUSD=1,\"002A0031003000300023\",15", "\r\nOK\r\n\r\n+CUSD: 0,\"004C006500660074\",15\r\n"));
        await using var run = ProgramRun.StartOurs("sim800", "ussd", "*100#", "--device", modem.DevicePath, "--quiet");
        Assert.True(await run.ExitCodeAsync() == 0, run.Error);
        Assert.Equal("Left\n", run.Output);
    }

    [Fact]
    public async Task A_location_of_zero_is_none()
    {
        await using var modem = OddModem.Start(("AT+CIPGSMLOC=1,1", "\r\n+CIPGSMLOC: 0,0.000000,0.000000,2026/11/29,10:00:00\r\n\r\nOK\r\n"));
        await using var run = ProgramRun.StartOurs("sim800", "location", "--device", modem.DevicePath, "--quiet");
        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Empty(run.Output);
        Assert.StartsWith("sim800: The location server answered 0,0, which is no location.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_listed_and_deleted()
    {
        var places = new SortedDictionary<int, string>
        {
            [1] = "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37",
            [2] = "FFFF",
        };
        await using var modem = OddModem.Start(given =>
        {
            if (given.StartsWith("AT+CMGD=", StringComparison.Ordinal))
            {
                places.Remove(int.Parse(given[8..], System.Globalization.CultureInfo.InvariantCulture));
                return "\r\nOK\r\n";
            }

            return given == "AT+CMGF=0;+CMGL=4"
                ? "\r\n" + string.Concat(places.Select(place => $"+CMGL: {place.Key},1,\"\",{(place.Value.Length / 2) - 8}\r\n{place.Value}\r\n")) + "\r\nOK\r\n"
                : null;
        });
        await using var list = ProgramRun.StartOurs("sim800", "sms", "list", "--device", modem.DevicePath, "--quiet");
        Assert.True(await list.ExitCodeAsync() == 0, list.Error);
        Assert.Contains("27838890001, 2099-03-29 15:16:59 +02:00: hellohello\n", list.Output, StringComparison.Ordinal);
        Assert.Contains("2      cannot be read: ", list.Output, StringComparison.Ordinal);

        await using var missing = ProgramRun.StartOurs("sim800", "sms", "delete", "7", "--device", modem.DevicePath, "--quiet");
        Assert.Equal(2, await missing.ExitCodeAsync());
        await using var delete = ProgramRun.StartOurs("sim800", "sms", "delete", "2", "--device", modem.DevicePath, "--quiet");
        Assert.True(await delete.ExitCodeAsync() == 0, delete.Error);
        Assert.Equal([1], places.Keys);
    }

    private static ProgramRun At(string device, params string[] arguments) =>
        ProgramRun.StartOurs("sim800", ["at", "--device", device, "--quiet", .. arguments]);
}
