using Sim800.Simulator;
using TestKit.Hostile;

namespace Sim800.Modem.Tests.Links;

/// <summary>
/// A scripted modem in virtual time and the driver at its line. Untold, it opens a link, sends what it is given and has nothing to read.
/// </summary>
internal sealed class ObedientModem : IAsyncDisposable
{
    private static readonly (string Command, string Answer)[] Answers =
    [
        ("AT+CMEE=2;+CGMM", "\r\nSIMCOM_SIM800L\r\n\r\nOK\r\n"),
        ("AT+CPIN?", "\r\n+CPIN: READY\r\n\r\nOK\r\n"),
        ("AT+CREG?", "\r\n+CREG: 0,5\r\n\r\nOK\r\n"),
        ("AT+CGATT?", "\r\n+CGATT: 1\r\n\r\nOK\r\n"),
        ("AT+CIPSHUT", "\r\nSHUT OK\r\n"),
        ("AT+CIFSR", "\r\n10.0.109.44\r\n\r\nOK\r\n"),
        ("AT+CIPSTART=0", "\r\nOK\r\n\r\n0, CONNECT OK\r\n"),
        ("AT+CIPSTART=\"TCP\"", "\r\nOK\r\n\r\nCONNECT\r\n"),
        ("ATO", "\r\nCONNECT\r\n"),
        ("AT+CIPSEND?", "\r\n+CIPSEND: 0,1460\r\n\r\nOK\r\n"),
        ("AT+CIPSEND=", "\r\n> "),
        (ScriptedModem.Payload, "\r\n0, SEND OK\r\n"),
        ("AT+CIPRXGET=2", "\r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n"),
        ("AT+CIPSTATUS=0", "\r\n+CIPSTATUS: 0,0,\"TCP\",\"192.0.2.1\",\"8883\",\"CONNECTED\"\r\n\r\nOK\r\n"),
        ("AT+CIPSTATUS", "\r\nOK\r\n\r\nSTATE: IP STATUS\r\n"),
        ("AT+CIPACK", "\r\n+CIPACK: 1024, 0, 1024\r\n\r\nOK\r\n"),
        ("AT+CIPCLOSE=0", "\r\n0, CLOSE OK\r\n"),
        ("AT+CIPCLOSE", "\r\nCLOSE OK\r\n"),
        ("AT+CMEE?", "\r\n+CMEE: 2\r\n\r\nOK\r\n"),
    ];

    private readonly ScriptedModem _modem = new() { Usual = Usual };

    internal VirtualClock Clock { get; } = new();

    /// <inheritdoc cref="ScriptedModem.Answer" />
    internal Func<string, string?> Answer
    {
        set => _modem.Answer = value;
    }

    /// <inheritdoc cref="ScriptedModem.TakesData" />
    internal bool TakesData
    {
        set => _modem.TakesData = value;
    }

    /// <inheritdoc cref="ScriptedModem.HearsEscape" />
    internal bool HearsEscape
    {
        set => _modem.HearsEscape = value;
    }

    internal Task<CellularModem> OpenAsync(ModemReceiveMode mode, int? window = null) => CellularModem.OpenAsync(
        _modem.Line,
        new ModemOptions { Apn = "internet", TimeProvider = Clock, ReceiveMode = mode, MaxUnacknowledgedBytes = window, MaxSendSize = 1024 },
        TestContext.Current.CancellationToken);

    internal Task SayAsync(string text) => _modem.SayAsync(text);

    /// <summary>Waits until this is what was asked for last.</summary>
    internal async Task HearAsync(string command)
    {
        while (_modem.Commands.LastOrDefault()?.StartsWith(command, StringComparison.Ordinal) != true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), Clock, TestContext.Current.CancellationToken);
        }
    }

    internal Task HangUpAsync() => _modem.HangUpAsync();

    public async ValueTask DisposeAsync()
    {
        await _modem.DisposeAsync();
        Clock.Dispose();
    }

    private static string Usual(string command) =>
        Array.Find(Answers, row => command.StartsWith(row.Command, StringComparison.Ordinal)).Answer ?? "\r\nOK\r\n";
}
