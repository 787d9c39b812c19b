using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Sim800.Modem.At;

/// <summary>Hands every token of the line to its owner: the command in flight, a link's data, or the URC router.</summary>
internal sealed class AtDispatcher(AtExchange exchange, AtChannelOptions options)
{
    /// <summary>The largest block that CIPRXGET or a pushed segment can have; more is a damaged line.</summary>
    internal const int MaxCounted = 1500;

    private static readonly AtPattern ReadAnswer = "+CIPRXGET:2,#,#,#";
    private readonly Gate _gate = new();
    private readonly AtParser _parser = new();
    private ReadOnlySequence<byte> _payload;
    private volatile bool _isTransparent;
    private bool _heardText;
    private bool _heardGarbage;

    /// <summary>What came since the last <see cref="BeginListening"/>.</summary>
    internal AtHeard Heard => (_heardText, _heardGarbage, exchange.Transaction.HasEchoed) switch
    {
        (true, _, _) => AtHeard.Text,
        (_, true, _) => AtHeard.Garbage,
        (_, _, true) => AtHeard.EchoOnly,
        _ => AtHeard.Nothing,
    };

    /// <summary>Whether every byte is data of a transparent connection, until <see cref="Reset"/>.</summary>
    internal bool IsTransparent => _isTransparent;

    internal void BeginListening() => _heardText = _heardGarbage = false;

    /// <summary>A prompt may come now; should the modem echo, the payload will come back behind it.</summary>
    internal void ExpectPrompt(in ReadOnlySequence<byte> payload)
    {
        lock (_gate)
        {
            _payload = payload;
            _parser.PromptExpected = true;
        }
    }

    /// <summary>Forgets what was expected: after a time-out nothing is known about the next byte.</summary>
    internal void Reset()
    {
        lock (_gate)
        {
            _isTransparent = false;
            _parser.Reset();
            options.Urcs.Reset();
        }
    }

    internal void Dispatch(in ReadOnlySequence<byte> input)
    {
        lock (_gate)
        {
            _heardGarbage |= !_heardGarbage && HasGarbage(input);
            DispatchTokens(input);
        }
    }

    private void DispatchTokens(ReadOnlySequence<byte> input)
    {
        while (_parser.TryRead(ref input, out var token))
        {
            switch (token.Kind)
            {
                case AtTokenKind.Data:
                    options.Data.Append(token.Bytes);
                    break;
                case AtTokenKind.DataSlipped:
                    options.Data.Slip();
                    break;
                case AtTokenKind.Prompt:
                    OnPrompt();
                    break;
                case AtTokenKind.Overlong:
                    Log.OverlongLine(options.Logger, AtParser.MaxLineLength);
                    options.Urcs.Reset(); // should it have been the second line of a message
                    break;
                default:
                    OnLine(token.Bytes);
                    break;
            }
        }
    }

    private bool HasGarbage(in ReadOnlySequence<byte> input) =>
        _parser.DataLeft == 0 && input.FirstSpan.IndexOfAnyExceptInRange((byte)0x09, (byte)0x7E) >= 0;

    private void OnPrompt()
    {
        if (exchange.Transaction.HasEchoed)
        {
            _parser.SkipEcho(_payload);
        }

        exchange.OnPrompt();
    }

    private void OnLine(ReadOnlySpan<byte> line)
    {
        if (options.Urcs.WantsSecondLine && options.Urcs.TryRouteSecondLine(line))
        {
            return;
        }

        var urc = UrcTable.Read(line);
        var verdict = exchange.Offer(line, urc.Kind);
        var isAnswered = verdict is AtVerdict.Final or AtVerdict.Interrupted;
        if (isAnswered)
        {
            _parser.PromptExpected = false;
            EnterDataMode();
        }

        Follow(verdict, urc, line);
        if (isAnswered)
        {
            exchange.Conclude(); // last: who has the answer finds everything done that follows from it
        }
    }

    private void Follow(AtVerdict verdict, in Urc urc, ReadOnlySpan<byte> line)
    {
        _heardText |= verdict == AtVerdict.Information || urc.Kind != UrcKind.Unknown;
        if (ExpectsAnnouncedData(urc, line) && verdict == AtVerdict.NotMine)
        {
            return; // pushed, or the late answer to a read: the bytes find their way, the line says nothing more
        }

        if (verdict == AtVerdict.Echo)
        {
            options.OnEcho();
        }
        else if (verdict is AtVerdict.NotMine or AtVerdict.Interrupted)
        {
            LogUnsolicited(urc.Kind, line);
            options.Urcs.Route(urc, line);
        }
    }

    /// <summary>Behind the CONNECT of a transparent link every byte is data, until the escape.</summary>
    private void EnterDataMode()
    {
        var transaction = exchange.Transaction;
        if (transaction.Command.EntersDataMode && transaction.Response.FinalResult.IsSuccess)
        {
            _isTransparent = true;
            options.Data.BeginTransparent();
            _parser.ExpectData(long.MaxValue);
        }
    }

    private bool ExpectsAnnouncedData(in Urc urc, ReadOnlySpan<byte> line)
    {
        if (urc.Kind == UrcKind.DataPushed && urc.Count is > 0 and <= MaxCounted)
        {
            options.Data.BeginPush(urc.Link, urc.Count);
            _parser.ExpectData(urc.Count);
            return true;
        }

        if (ReadAnswer.Matches(line) && AtNumbers.Read(line) is { Third: >= 0 and <= MaxCounted } read)
        {
            options.Data.BeginRead(read.Second, read.Third, read.Fourth);
            _parser.ExpectData(read.Third);
            return true;
        }

        return false;
    }

    private void LogUnsolicited(UrcKind kind, ReadOnlySpan<byte> line)
    {
        if (options.Logger.IsEnabled(LogLevel.Debug))
        {
            // What nobody knows may be a piece of payload, and messages are the user's own: neither is for a log.
            var text = kind is UrcKind.Unknown or UrcKind.Message or UrcKind.StatusReport or UrcKind.Ussd ? "" : Encoding.Latin1.GetString(line);
            Log.Unsolicited(options.Logger, kind, text, line.Length);
        }
    }
}
