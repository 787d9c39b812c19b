using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.At;

/// <summary>The engine on the tables of another family, the SIM7600: what it knows of a modem is data.</summary>
public sealed class AtTablesTests
{
    private static readonly AtTables Tables = new()
    {
        Urcs =
        [
            new("+CIPRXGET:1,#", UrcKind.DataPending) { NamesLink = true, IsNumeric = true },
            new("+CIPOPEN:#,0", UrcKind.Connected) { NamesLink = true },
            new("+CIPOPEN:#,#", UrcKind.ConnectFailed) { NamesLink = true },
            new("+IPCLOSE:#,#", UrcKind.Closed) { NamesLink = true },
            new("+CIPEVENT:*", UrcKind.PdpDeactivated),
            .. StandardUrcs.Rows,
        ],
        CountedData = [new("+CIPRXGET:2,#,#,#", IsPushed: false)],
        MaxCountedData = 1500,
        Resynchronisation = StandardCommands.Resynchronisation,
        BootBytes = new byte[] { 0, 0 },
    };

    private static readonly AtCommand Open = new("AT+CIPOPEN=0,\"TCP\",\"h\",1", TimeSpan.FromSeconds(9));

    private static readonly AtCommand Send = new("AT+CIPSEND=0,", TimeSpan.FromSeconds(120))
    {
        Success = ["+CIPSEND:0,#,#"],
        Failure = ["+CIPERROR:#"],
        IsNumeric = true,
    };

    private static readonly AtCommand Receive = new("AT+CIPRXGET=2,0,1500", TimeSpan.FromSeconds(10))
    {
        Information = ["+CIPRXGET:2,0,#,#"],
        Failure = ["+IP ERROR:*"],
        RequiresInformation = true,
        IsNumeric = true,
    };

    private readonly Listener _listener = new(Tables);

    [Fact]
    public void The_lines_of_another_family_mean_what_its_table_says()
    {
        _listener.Begin(Open);
        _listener.Feed("\r\nOK\r\n\r\n+CGEV: ME PDN ACT 1\r\n\r\n+CIPOPEN: 0,0\r\n\r\n+CIPOPEN: 1,11\r\n\r\n+IPCLOSE: 2,1\r\n\r\n+CIPRXGET: 1,3\r\n");
        Assert.Equal("OK []", _listener.Answer);
        Assert.Equal(
            ["Other: +CGEV: ME PDN ACT 1", "Connected 0: +CIPOPEN: 0,0", "ConnectFailed 1: +CIPOPEN: 1,11", "Closed 2: +IPCLOSE: 2,1", "DataPending 3"],
            _listener.Heard);
    }

    [Fact]
    public void A_confirmed_send_ends_with_the_line_of_the_family()
    {
        _listener.Begin(Send, 5, "hello");
        _listener.Feed("\r\n>");
        _listener.Feed("\r\nOK\r\n\r\n+CIPSEND: 0,5,5\r\n");
        Assert.Equal("OK [0,5,5]", _listener.Answer);
        Assert.Empty(_listener.Heard);
    }

    [Fact]
    public void Counted_bytes_are_data_and_nothing_to_read_is_a_refusal()
    {
        _listener.Begin(Receive);
        _listener.Feed("\r\n+CIPRXGET: 2,0,7,1\r\nOK\r\nRDY\r\n\r\nOK\r\n");
        Assert.Equal("OK [2,0,7,1]", _listener.Answer);
        Assert.Equal(["read 0: OK\r\nRDY"], _listener.Heard);
        _listener.Forget();
        _listener.Begin(Receive);
        _listener.Feed("\r\n+IP ERROR: No data\r\n\r\nERROR\r\n");
        Assert.StartsWith("+IP ERROR: No data", _listener.Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+CIPRXGET: 2,0,1501,0")]
    [InlineData("+CIPRXGET: 2,0,99999999999,0")]
    public void A_count_that_no_answer_has_announces_nothing(string line)
    {
        _listener.Begin(StandardCommands.Attention);
        _listener.Feed($"\r\n{line}\r\n\r\nOK\r\n");
        Assert.Equal("OK []", _listener.Answer);
    }

    [Fact]
    public void The_bytes_of_a_boot_are_a_start()
    {
        _listener.Feed("\0\0\r\n");
        Assert.Equal(["Started: \0\0"], _listener.Heard);
    }
}
