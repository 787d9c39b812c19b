using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace TestKit.Hostile;

/// <summary>
/// The modem at the other end of a line, which answers each command as the test tells it to and says what the test wants. What the test does not
/// answer goes to a modem behind it, or to <see cref="Usual"/>.
/// </summary>
public sealed class ScriptedModem : IAsyncDisposable
{
    /// <summary>Asked for in place of a command line when the data of a send have come.</summary>
    public const string Payload = "payload";

    private const string Escape = "+++";

    private readonly DuplexPipePair _line = new();
    private readonly IDuplexPipe? _behind;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;
    private long _payload;
    private bool _isOnline;
    private bool _isHungUp;

    /// <param name="behind">The line of the modem that gets what the test does not answer, and whose words are passed on.</param>
    public ScriptedModem(IDuplexPipe? behind = null)
    {
        _behind = behind;
        _serving = behind is null ? ServeAsync() : Task.WhenAll(ServeAsync(), PassOnAsync(behind.Input));
    }

    /// <summary>The host's end.</summary>
    public IDuplexPipe Line => _line.Left;

    /// <summary>The answer to a command line, or to <see cref="Payload"/>; <c>null</c> for the usual one, empty for none.</summary>
    public Func<string, string?> Answer { get; set; } = static _ => null;

    /// <summary>What is said when the test has no answer and no modem is behind.</summary>
    public Func<string, string> Usual { get; init; } = static _ => "\r\nOK\r\n";

    /// <summary>Whether a transparent connection takes what is written to it.</summary>
    public bool TakesData { get; set; } = true;

    /// <summary>Whether <c>+++</c> leads back to command mode.</summary>
    public bool HearsEscape { get; set; } = true;

    /// <summary>All that an answer was wanted for.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public async Task SayAsync(string text)
    {
        await _turn.WaitAsync(_stopping.Token);
        try
        {
            if (!_isHungUp)
            {
                await _line.Right.Output.WriteAsync(Encoding.Latin1.GetBytes(text), _stopping.Token);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The serial line ends.</summary>
    public async Task HangUpAsync()
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
        if (_behind is not null)
        {
            await _stopping.CancelAsync();
        }

        try
        {
            await _serving;
        }
        catch (OperationCanceledException) when (_behind is not null)
        {
            // The modem behind need not end with this one.
        }

        _turn.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var result = await _line.Right.Input.ReadAsync(_stopping.Token);
            var rest = result.Buffer;
            while (!rest.IsEmpty && TakeNext(ref rest) is { } heard)
            {
                await HearAsync(heard);
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

    /// <returns>A command line with its CR, the data of a send, the escape sequence, or <c>null</c> when more is needed.</returns>
    private string? TakeNext(ref ReadOnlySequence<byte> rest)
    {
        if (_payload > 0)
        {
            return rest.Length < _payload ? null : Cut(ref rest, rest.GetPosition(_payload));
        }

        if (_isOnline)
        {
            var isEscaped = HearsEscape && rest.ToArray().AsSpan().EndsWith("+++"u8);
            rest = TakesData ? rest.Slice(rest.End) : rest;
            return isEscaped ? Escape : null;
        }

        return rest.PositionOf((byte)'\r') is { } end ? Cut(ref rest, rest.GetPosition(1, end)) : null;
    }

    private static string Cut(ref ReadOnlySequence<byte> rest, SequencePosition end)
    {
        var text = Encoding.Latin1.GetString(rest.Slice(0, end));
        rest = rest.Slice(end);
        return text;
    }

    private async Task HearAsync(string heard)
    {
        var command = _payload > 0 ? Payload : heard.TrimEnd('\r').TrimStart('\u001b');
        _payload = 0;
        Commands.Enqueue(command);
        var answer = Answer(command) ?? (_behind is null ? Usual(command) : null);
        var isPrompted = answer is null || answer.EndsWith("> ", StringComparison.Ordinal);
        if (isPrompted && command.StartsWith("AT+CIPSEND=", StringComparison.Ordinal))
        {
            _payload = int.Parse(command[(command.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture);
        }

        if (answer is null)
        {
            await _behind!.Output.WriteAsync(Encoding.Latin1.GetBytes(heard), _stopping.Token);
            return;
        }

        _isOnline = answer.EndsWith("CONNECT\r\n", StringComparison.Ordinal) || (_isOnline && command != Escape);
        if (answer.Length > 0)
        {
            await SayAsync(answer);
        }
    }

    private async Task PassOnAsync(PipeReader words)
    {
        while (true)
        {
            var result = await words.ReadAsync(_stopping.Token);
            var text = Encoding.Latin1.GetString(result.Buffer);
            words.AdvanceTo(result.Buffer.End);
            await SayAsync(text);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
