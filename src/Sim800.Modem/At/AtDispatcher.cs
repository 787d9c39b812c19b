using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Sim800.Wording;

namespace Sim800.Modem.At;

/// <summary>Routes every token from the line to its consumer: the command in flight, the data of a link, or the URC router.</summary>
internal sealed class AtDispatcher(AtExchange exchange, AtChannelOptions options)
{
    /// <summary>No network is so slow that its text stops for so long: the end of the text was lost.</summary>
    private static readonly TimeSpan TextPause = TimeSpan.FromSeconds(2);

    private readonly Gate _gate = new();
    private readonly AtParser _parser = new(options.Tables.Texts) { SkipsNul = options.Tables.SkipsNul };
    private readonly EchoWatch _echo = new();
    private readonly DamageWatch _damage = new(options);
    private ReadOnlySequence<byte> _payload;
    private volatile bool _isTransparent;
    private bool _heardText;
    private bool _heardGarbage;
    private bool _heardLine;
    private bool _isDoubtful;
    private bool _isReadAnswered;
    private bool _isReadDamaged;
    private long _doubts;
    private long _received;
    private long _receivedLast;
    private long _receivedAtLook;
    private long _begun;

    /// <summary>What has been received since the last <see cref="BeginListening"/>.</summary>
    internal AtTimeoutReason Heard => (_heardText, _heardGarbage, _heardLine, exchange.Transaction.HasEchoed) switch
    {
        _ when _echo.Matches(exchange.Transaction.Command.Text) => AtTimeoutReason.EchoOnly,
        (true, _, _, _) => AtTimeoutReason.Incomplete,
        (_, true, _, _) => AtTimeoutReason.Garbage,
        (_, _, true, _) => AtTimeoutReason.Incomplete,
        (_, _, _, true) => AtTimeoutReason.EchoOnly,
        _ => AtTimeoutReason.Silence,
    };

    /// <summary>Whether every byte is data of a transparent connection, until <see cref="Reset"/>.</summary>
    internal bool IsTransparent => _isTransparent;

    /// <summary>
    /// Counts what may have been an answer or a part of one before it was damaged. As long as it has not grown since a command of a link was
    /// sent, the modem has said nothing to it.
    /// </summary>
    internal long Doubts
    {
        get
        {
            lock (_gate)
            {
                return _doubts + (_parser.IsInMidst ? 1 : 0);
            }
        }
    }

    internal void BeginListening()
    {
        lock (_gate)
        {
            _isReadAnswered = _isReadDamaged = false;
            _begun = options.Clock.GetTimestamp();
            _echo.Begin();
            _heardText = _heardGarbage = _heardLine = _isDoubtful = false;
            _receivedAtLook = -1;
        }
    }

    /// <summary>
    /// Called at intervals while a command waits for its answer. The answer will not come any more when a line came that may have been it
    /// before it was damaged, or the sign of a restart, or half a line, or an <c>OK</c> without its information text, and nothing has come behind it since the last look.
    /// </summary>
    internal bool IsHopeless()
    {
        lock (_gate)
        {
            var isQuiet = _received == _receivedAtLook;
            _receivedAtLook = _received;
            if (isQuiet && _parser.IsInText)
            {
                ReleaseText(); // the answer may be among the lines that were taken for text
                return false;
            }

            return IsFirstPartLate || (isQuiet && !_isTransparent && (_isDoubtful || _parser.IsInMidst || exchange.Transaction.WasConfirmed));
        }
    }

    /// <summary>The first part of an answer comes out of the modem's own memory; only the second may take the time of the network.</summary>
    private bool IsFirstPartLate =>
        exchange.Transaction.IsInFirstPart && options.Clock.GetElapsedTime(_begun) >= exchange.Transaction.Command.Timeout;

    /// <summary>Whether bytes are damaged or lost on the line, as far as what came in the last minute tells.</summary>
    internal bool IsLineBad
    {
        get
        {
            lock (_gate)
            {
                return _damage.IsLineBad;
            }
        }
    }

    /// <summary>How often what came showed damage of the line.</summary>
    internal long Damage
    {
        get
        {
            lock (_gate)
            {
                return _damage.Total;
            }
        }
    }

    /// <summary>Whether the modem has answered a command within the last minute: it is switched on, and its wires are the right ones.</summary>
    internal bool HasAnsweredLately
    {
        get
        {
            lock (_gate)
            {
                return _damage.HasAnsweredLately;
            }
        }
    }

    /// <summary>The modem has been identified: these are its tables.</summary>
    internal void Adopt(AtTables tables)
    {
        lock (_gate)
        {
            options.Tables = tables;
            _parser.SkipsNul = tables.SkipsNul;
        }
    }

    /// <summary>The modem has been found at its baud rate: noise that came before tells nothing of the line.</summary>
    internal void BeginWatchingLine()
    {
        lock (_gate)
        {
            _damage.Begin();
        }
    }

    /// <summary>An answer was lost.</summary>
    internal void NoteLoss()
    {
        lock (_gate)
        {
            _damage.Note();
        }
    }

    /// <summary>A prompt may come now; should the modem echo, the payload will come back behind it.</summary>
    internal void ExpectPrompt(in ReadOnlySequence<byte> payload)
    {
        lock (_gate)
        {
            _payload = payload;
            _parser.PromptExpected = true;
        }
    }

    /// <summary>Discards all expectations: after a time-out nothing is known about the next byte.</summary>
    internal void Reset()
    {
        lock (_gate)
        {
            _isTransparent = _isReadAnswered = false;
            _doubts += _parser.IsInMidst ? 1 : 0;
            _parser.Reset();
            options.Urcs.Reset();
        }
    }

    internal void Dispatch(in ReadOnlySequence<byte> input)
    {
        lock (_gate)
        {
            if (_parser.IsInText && options.Clock.GetElapsedTime(_receivedLast) >= TextPause)
            {
                ReleaseText();
            }

            _received += input.Length;
            _receivedLast = options.Clock.GetTimestamp();
            _echo.Add(input);
            if (HasGarbage(input))
            {
                _heardGarbage = true;
                _doubts++; // no damage by itself: the payload of a read may come in one piece with its announcement
            }

            DispatchTokens(input);
        }
    }

    private void ReleaseText()
    {
        _parser.ReleaseText();
        DispatchTokens(ReadOnlySequence<byte>.Empty);
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
                    _isDoubtful = true;
                    OnUnknown(default);
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
        if (exchange.Transaction.HasEchoed || (options.Tables.EchoesPayload && !StartsLikeAnAnswer(_payload)))
        {
            _parser.SkipEcho(_payload);
        }

        _begun = options.Clock.GetTimestamp();
        exchange.OnPrompt();
    }

    private static bool StartsLikeAnAnswer(in ReadOnlySequence<byte> payload) => payload.IsEmpty || payload.FirstSpan is [] or [(byte)'\r', ..];

    /// <summary>A line that nobody knows. Where an answer to a read ends or begins, it may be data that was not counted.</summary>
    private void OnUnknown(ReadOnlySpan<byte> line)
    {
        _damage.Note(line);
        _heardLine = true;
        _doubts++;
        if (_isReadAnswered)
        {
            options.Data.Slip();
        }
        else
        {
            _isReadDamaged |= exchange.Transaction.MayHaveBeenInformation(line);
        }
    }

    private void OnLine(ReadOnlySpan<byte> line)
    {
        if (options.Urcs.WantsSecondLine && options.Urcs.TryRouteSecondLine(line))
        {
            return;
        }

        var row = options.Tables.Find(line);
        var urc = row.Read(line);
        if (urc.Kind == UrcKind.Started)
        {
            _damage.Begin(); // the noise before it was that of a start
        }

        var verdict = exchange.Offer(line, urc.Kind);
        var isAnswered = verdict is AtVerdict.Final or AtVerdict.Interrupted;
        if (isAnswered)
        {
            _parser.PromptExpected = _isReadAnswered = false;
            _damage.NoteAnswer();
            EnterDataMode();
        }

        Follow(verdict, row, urc, line);
        if (isAnswered)
        {
            exchange.Conclude(); // last: when the caller sees the answer, all its effects have taken place
        }
    }

    private void Follow(AtVerdict verdict, UrcRow row, in Urc urc, ReadOnlySpan<byte> line)
    {
        _heardText |= verdict == AtVerdict.Information || urc.Kind != UrcKind.Unknown;
        if (ExpectsAnnouncedData(line) && verdict == AtVerdict.NotMine)
        {
            return; // pushed data, or the late answer to a read: the line only announced the bytes
        }

        _heardLine |= verdict == AtVerdict.NotMine;
        _doubts += verdict == AtVerdict.Information && exchange.Transaction.Command.IsOfLink ? 1 : 0;
        _isDoubtful |= verdict == AtVerdict.NotMine && IsDoubtful(urc.Kind) && !(exchange.Transaction.IsInSecondPart && DamageWatch.IsNews(line));
        if (verdict == AtVerdict.NotMine && urc.Kind == UrcKind.Unknown)
        {
            OnUnknown(line);
        }

        if (verdict == AtVerdict.Echo)
        {
            options.OnEcho();
        }
        else if (verdict is AtVerdict.NotMine or AtVerdict.Interrupted)
        {
            LogUnsolicited(row, line);
            options.Urcs.Route(row, urc, line);
        }
    }

    /// <summary>What may have been the answer before a byte of it was lost, and what means that there will be none.</summary>
    private static bool IsDoubtful(UrcKind kind) =>
        kind is UrcKind.Unknown or UrcKind.DataAccepted or UrcKind.Started or UrcKind.PowerDown or UrcKind.VoltagePowerDown;

    /// <summary>After the final result of such a command every byte is data, until the escape.</summary>
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

    private bool ExpectsAnnouncedData(ReadOnlySpan<byte> line)
    {
        foreach (var row in options.Tables.CountedData)
        {
            if (row.Pattern.TryRead(line, out var numbers))
            {
                return TryExpect(row, numbers);
            }
        }

        return false;
    }

    private bool TryExpect(CountedDataRow row, in AtNumbers numbers)
    {
        var count = numbers.Second;
        if (count > options.Tables.MaxCountedData || count < (row.IsPushed ? 1 : 0))
        {
            return false; // the number was damaged on the line
        }

        if (row.IsPushed)
        {
            options.Data.BeginPush(numbers.First, count);
        }
        else
        {
            options.Data.BeginRead(numbers.First, count, numbers.Third);
            _isReadAnswered = true;
            if (_isReadDamaged)
            {
                options.Data.Slip(); // this is no announcement, but data that reads like one, behind an announcement that was damaged
            }
        }

        _parser.ExpectData(count);
        return true;
    }

    /// <summary>On a line that loses bytes the echo of a secret may follow what was unsolicited without a line break.</summary>
    private void LogUnsolicited(UrcRow row, ReadOnlySpan<byte> line)
    {
        if (options.Logger.IsEnabled(LogLevel.Debug))
        {
            var isPrivate = row.IsPrivate || exchange.Transaction.Command.IsSecret;
            Log.Unsolicited(options.Logger, row.Kind, isPrivate ? "" : VisibleText.Of(Encoding.Latin1.GetString(line)), line.Length);
        }
    }
}
