using System.Buffers;
using System.Globalization;
using System.Text;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Modem.Tests.Links;

/// <summary>
/// A modem at the other end of the line that answers every command as the test tells it to. Untold, it opens a link, sends what it is given
/// and has nothing to read. All of it in virtual time.
/// </summary>
internal sealed class ObedientModem : IAsyncDisposable
{
    /// <summary>Asked for in place of a command line when the payload of CIPSEND has come.</summary>
    internal const string Payload = "payload";

    private static readonly (string Command, string Answer)[] Defaults =
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
        ("AT+CIPRXGET=2", "\r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n"),
        ("AT+CIPSTATUS=0", "\r\n+CIPSTATUS: 0,0,\"TCP\",\"192.0.2.1\",\"8883\",\"CONNECTED\"\r\n\r\nOK\r\n"),
        ("AT+CIPSTATUS", "\r\nOK\r\n\r\nSTATE: IP STATUS\r\n"),
        ("AT+CIPACK", "\r\n+CIPACK: 1024, 0, 1024\r\n\r\nOK\r\n"),
        ("AT+CIPCLOSE=0", "\r\n0, CLOSE OK\r\n"),
        ("AT+CIPCLOSE", "\r\nCLOSE OK\r\n"),
        ("AT+CMEE?", "\r\n+CMEE: 2\r\n\r\nOK\r\n"),
    ];

    private readonly DuplexPipePair _line = new();
    private readonly Task _serving;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isOnline;
    private bool _isHungUp;
    private volatile string _last = "";

    internal ObedientModem() => _serving = ServeAsync();

    internal VirtualClock Clock { get; } = new();

    /// <summary>The answer to a command line, or to <see cref="Payload"/>; <c>null</c> for the usual one, empty for none.</summary>
    internal Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>Whether a transparent connection takes what is written to it.</summary>
    internal bool TakesData { get; set; } = true;

    /// <summary>Whether <c>+++</c> leads back to command mode.</summary>
    internal bool HearsEscape { get; set; } = true;

    internal Task<CellularModem> OpenAsync(ModemReceiveMode mode, int? window = null) => CellularModem.OpenAsync(
        _line.Left,
        new ModemOptions { Apn = "internet", TimeProvider = Clock, ReceiveMode = mode, MaxUnacknowledgedBytes = window, MaxSendSize = 1024 },
        TestContext.Current.CancellationToken);

    internal async Task SayAsync(string text)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (!_isHungUp)
            {
                await _line.Right.Output.WriteAsync(Encoding.Latin1.GetBytes(text), CancellationToken.None);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits until this is what was asked for last.</summary>
    internal async Task HearAsync(string command)
    {
        while (!_last.StartsWith(command, StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), Clock, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The serial line ends.</summary>
    internal async Task HangUpAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        _isHungUp = true;
        await _line.Right.Output.CompleteAsync();
        _turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync();
        await _line.Left.Output.CompleteAsync();
        await _serving;
        _turn.Dispose();
        Clock.Dispose();
    }

    private async Task ServeAsync()
    {
        var payload = 0L;
        while (true)
        {
            var result = await _line.Right.Input.ReadAsync(CancellationToken.None);
            var rest = result.Buffer;
            while (!rest.IsEmpty && TakeNext(ref rest, ref payload) is { } command)
            {
                await AnswerAsync(command);
            }

            if (_isOnline && !TakesData)
            {
                return;
            }

            _line.Right.Input.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    /// <returns>A command line, <see cref="Payload"/>, or <c>null</c> when more is needed.</returns>
    private string? TakeNext(ref ReadOnlySequence<byte> rest, ref long payload)
    {
        if (payload > 0)
        {
            var taken = Math.Min(payload, rest.Length);
            (payload, rest) = (payload - taken, rest.Slice(taken));
            return payload == 0 ? Payload : null;
        }

        if (_isOnline)
        {
            var escaped = HearsEscape && rest.ToArray().AsSpan().EndsWith("+++"u8);
            rest = TakesData ? rest.Slice(rest.End) : rest;
            return escaped ? "+++" : null;
        }

        if (rest.PositionOf((byte)'\r') is not { } end)
        {
            return null;
        }

        var line = Encoding.Latin1.GetString(rest.Slice(0, end)).TrimStart('\u001b');
        rest = rest.Slice(rest.GetPosition(1, end));
        if (line.StartsWith("AT+CIPSEND=", StringComparison.Ordinal) && Answer(line) is null)
        {
            payload = int.Parse(line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        }

        return line;
    }

    private async Task AnswerAsync(string command)
    {
        _last = command;
        var answer = Answer(command) ?? (command switch
        {
            Payload => "\r\n0, SEND OK\r\n",
            "+++" => "\r\nOK\r\n",
            _ => Array.Find(Defaults, row => command.StartsWith(row.Command, StringComparison.Ordinal)).Answer ?? "\r\nOK\r\n",
        });
        _isOnline = answer.EndsWith("CONNECT\r\n", StringComparison.Ordinal) || (_isOnline && command != "+++");
        if (answer.Length > 0)
        {
            await SayAsync(answer);
        }
    }
}
