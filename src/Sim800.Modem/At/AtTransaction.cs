using System.Globalization;
using System.Text;

namespace Sim800.Modem.At;

/// <summary>The one command in flight: decides which lines are its answer. Pure; the channel does the I/O.</summary>
internal sealed class AtTransaction
{
    /// <summary>More lines than any answer has. What exceeds it is dropped, so that noise cannot fill the memory.</summary>
    internal const int MaxInformation = 256;

    /// <summary>Lines that came instead of an answer and are kept to be shown.</summary>
    private const int MaxUnfit = 4;

    /// <summary>What answers within so long comes out of the modem's own memory: its information text does not come long after an <c>OK</c>.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private List<string>? _information;
    private List<string>? _unfit;
    private bool _wasConfirmed;
    private AtNumbers _numbers;
    private bool _informed;
    private bool? _isGood;

    internal AtCommand Command { get; private set; } = new("", TimeSpan.Zero);

    /// <summary>A number that stands behind the command's text, such as the length of a payload; -1 for none.</summary>
    internal int Argument { get; private set; }

    /// <summary>The answer, once a line was the final result.</summary>
    internal AtResponse Response { get; private set; }

    /// <summary>The lines of information text so far; <c>null</c> when there are none, or only numbers.</summary>
    internal IReadOnlyList<string>? Information => _information;

    /// <summary>
    /// Whether an <c>OK</c> came without the information text that it should have behind. Should nothing follow, it was the answer.
    /// </summary>
    internal bool WasConfirmed => _wasConfirmed && _unfit is null && !_informed;

    /// <summary>Whether the first part of an answer of two has come.</summary>
    internal bool IsInSecondPart { get; private set; }

    /// <summary>Whether the first part of an answer of two is still awaited.</summary>
    internal bool IsInFirstPart => Command.Late.Count > 0 && !IsInSecondPart;

    /// <summary>Whether the modem has repeated the command line.</summary>
    internal bool HasEchoed { get; private set; }

    internal void Begin(AtCommand command, int argument)
    {
        (Command, Argument) = (command, argument);
        (_information, _numbers, _informed, HasEchoed) = (null, AtNumbers.None, false, false);
        (_unfit, _wasConfirmed, IsInSecondPart, _isGood) = (null, false, false, null);
        Response = default;
    }

    /// <param name="line">A line from the modem.</param>
    /// <param name="kind">What the line would mean if it were unsolicited.</param>
    internal AtVerdict Offer(ReadOnlySpan<byte> line, UrcKind kind)
    {
        if (IsEcho(line))
        {
            HasEchoed = true;
            return AtVerdict.Echo;
        }

        if (AtResult.IsError(line))
        {
            return Conclude(AtResult.OfError(Encoding.Latin1.GetString(line)), line, AtVerdict.Final, kind);
        }

        if (Command.Late.Count > 0)
        {
            return OfferInTwoParts(line, kind);
        }

        if (Any(Command.Success, line))
        {
            return Command.RequiresInformation && !_informed && _unfit is null
                ? Confirm()
                : Conclude(AtResult.Ok, line, AtVerdict.Final, kind);
        }

        if (Any(Command.Failure, line))
        {
            return Conclude(AtResult.Failed, line, AtVerdict.Final, kind);
        }

        return Any(Command.Interruption, line) ? Conclude(AtResult.Failed, line, AtVerdict.Interrupted, kind) : OfferInformation(line, kind);
    }

    private AtVerdict OfferInTwoParts(ReadOnlySpan<byte> line, UrcKind kind)
    {
        if (AtCommand.FinalOk.Matches(line))
        {
            if (_isGood is { } isGood)
            {
                return Conclude(isGood ? AtResult.Ok : AtResult.Failed, line, AtVerdict.Final, kind); // the parts have changed places
            }

            IsInSecondPart = true;
            return AtVerdict.Information;
        }

        var isSuccess = Any(Command.Late, line);
        if (isSuccess || Any(Command.LateFailure, line))
        {
            if (IsInSecondPart)
            {
                return Conclude(isSuccess ? AtResult.Ok : AtResult.Failed, line, AtVerdict.Final, kind);
            }

            _isGood = isSuccess;
            return Inform(line);
        }

        return Any(Command.Interruption, line) || (IsInSecondPart && Any(Command.LateInterruption, line))
            ? Conclude(AtResult.Failed, line, AtVerdict.Interrupted, kind)
            : OfferInformation(line, kind);
    }

    /// <summary>Whether the line is information text that the command waits for, but for one byte that was lost.</summary>
    internal bool MayHaveBeenInformation(ReadOnlySpan<byte> line)
    {
        var patterns = Command.Information;
        for (var i = 0; i < patterns.Count; i++)
        {
            if (Command.RequiresInformation && patterns[i].BeginsDamaged(line))
            {
                return true;
            }
        }

        return false;
    }

    private AtVerdict Confirm()
    {
        _wasConfirmed = Command.TakesUnfit && Command.Timeout <= AtOnce;
        return AtVerdict.Information;
    }

    private static bool Any(IReadOnlyList<AtPattern> patterns, ReadOnlySpan<byte> line)
    {
        for (var i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].Matches(line))
            {
                return true;
            }
        }

        return false;
    }

    private AtVerdict OfferInformation(ReadOnlySpan<byte> line, UrcKind kind)
    {
        if (AtCommand.FinalOk.Matches(line))
        {
            return AtVerdict.Information; // the first stage of an answer whose final result follows
        }

        if (!Owns(line, kind))
        {
            NoteUnfit(line, kind);
            return AtVerdict.NotMine;
        }

        return Inform(line);
    }

    /// <summary>Words in the answer to a numeric command are the reason of a refusal, and are kept.</summary>
    private AtVerdict Inform(ReadOnlySpan<byte> line)
    {
        _informed = true;
        _numbers = Command.IsNumeric ? AtNumbers.Read(line) : AtNumbers.None;
        if ((!Command.IsNumeric || _numbers.First < 0) && (_information ??= []).Count < MaxInformation)
        {
            _information.Add(Encoding.Latin1.GetString(line));
        }

        return AtVerdict.Information;
    }

    /// <summary>A line that nothing claims may be the answer in other words than the manual's. The echo of a probe is none.</summary>
    private void NoteUnfit(ReadOnlySpan<byte> line, UrcKind kind)
    {
        if (Command.TakesUnfit && kind == UrcKind.Unknown && (_unfit?.Count ?? 0) < MaxUnfit && !line.SequenceEqual("AT"u8))
        {
            (_unfit ??= []).Add(Encoding.Latin1.GetString(line));
        }
    }

    private bool Owns(ReadOnlySpan<byte> line, UrcKind kind)
    {
        var patterns = Command.Information;
        for (var i = 0; i < patterns.Count; i++)
        {
            var pattern = patterns[i];
            if (pattern.Matches(line) && (!pattern.MatchesAnything || kind == UrcKind.Unknown))
            {
                return true;
            }
        }

        return false;
    }

    private AtVerdict Conclude(AtResult result, ReadOnlySpan<byte> line, AtVerdict verdict, UrcKind kind)
    {
        var silent = Command.IsNumeric && result.IsSuccess;
        var numbers = silent && !_informed ? AtNumbers.Read(line) : _numbers;
        Response = new AtResponse(
            result, silent ? "" : Encoding.Latin1.GetString(line), _information ?? (IReadOnlyList<string>)[], numbers, kind)
        {
            Unfit = _information is null ? _unfit : null,
        };
        return verdict;
    }

    private bool IsEcho(ReadOnlySpan<byte> line)
    {
        var text = Command.Text;
        if (text.Length < 2 || line.Length < text.Length || !Ascii.Equals(line[..text.Length], text))
        {
            return false;
        }

        var rest = line[text.Length..];
        return Argument < 0
            ? rest.IsEmpty
            : int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var echoed) && echoed == Argument;
    }
}

/// <summary>What a line is to the command in flight.</summary>
internal enum AtVerdict
{
    /// <summary>Not the command's: unsolicited.</summary>
    NotMine,

    /// <summary>The command's own echo, which means that <c>ATE0</c> is not in force.</summary>
    Echo,

    /// <summary>Information text, or a first stage of the answer.</summary>
    Information,

    /// <summary>The final result: the command is answered.</summary>
    Final,

    /// <summary>Unsolicited, and no answer will follow it: the command has failed.</summary>
    Interrupted,
}
