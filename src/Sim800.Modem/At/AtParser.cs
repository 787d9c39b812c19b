using System.Buffers;

namespace Sim800.Modem.At;

/// <summary>
/// Cuts the modem's output into <see cref="AtToken"/>s: lines, the prompt and counted payload. Pure: no I/O, no clock, no
/// allocation. It takes every byte offered, so that the pipe below never fills up with half a line.
/// </summary>
internal sealed class AtParser
{
    /// <summary>Longer than any answer: an operator list, or a USSD text in UCS2.</summary>
    internal const int MaxLineLength = 2048;

    private readonly byte[] _line = new byte[MaxLineLength];
    private int _length;
    private long _dataLeft;
    private bool _overlong;
    private bool _afterData;
    private bool _afterPrompt;
    private ReadOnlySequence<byte> _echo;

    /// <summary>Set while a command waits for its prompt; at any other time <c>&gt;</c> is a character like any other.</summary>
    internal bool PromptExpected { get; set; }

    /// <summary>Counted payload that has not arrived yet.</summary>
    internal long DataLeft => _dataLeft;

    /// <summary>Whether something has begun and not ended: a line, or the bytes that a line has announced.</summary>
    internal bool IsInMidst => _length > 0 || _dataLeft > 0;

    /// <summary>The next <paramref name="count"/> bytes are payload, whatever they look like.</summary>
    internal void ExpectData(long count)
    {
        _dataLeft = count;
        _afterData = false;
    }

    /// <summary>With echo on the modem repeats the payload byte for byte: what follows is skipped as long as it is that.</summary>
    internal void SkipEcho(in ReadOnlySequence<byte> payload) => _echo = payload;

    /// <summary>Forgets every expectation: used after a time-out, when nothing is known about what comes next.</summary>
    internal void Reset()
    {
        _length = 0;
        _dataLeft = 0;
        _overlong = _afterData = _afterPrompt = PromptExpected = false;
        _echo = default;
    }

    /// <summary>Takes the next token off the front of <paramref name="input"/>.</summary>
    /// <returns><c>false</c> when all of <paramref name="input"/> has been taken and more bytes are needed.</returns>
    internal bool TryRead(ref ReadOnlySequence<byte> input, out AtToken token)
    {
        while (!input.IsEmpty)
        {
            var span = input.FirstSpan;
            if (span.IsEmpty)
            {
                var next = input.Start;
                input.TryGet(ref next, out _);
                input = input.Slice(next);
                continue;
            }

            var found = Read(span, out var taken, out token);
            input = input.Slice(taken);
            if (found)
            {
                return true;
            }
        }

        token = default;
        return false;
    }

    private bool Read(ReadOnlySpan<byte> span, out int taken, out AtToken token)
    {
        if (_dataLeft > 0)
        {
            return ReadData(span, out taken, out token);
        }

        if (_afterData)
        {
            _afterData = false;
            if (span[0] != '\r')
            {
                taken = 0;
                token = new AtToken(AtTokenKind.DataSlipped, default);
                return true;
            }
        }

        return _length == 0 && !_overlong ? ReadLineStart(span, out taken, out token) : ReadLine(span, out taken, out token);
    }

    private bool ReadData(ReadOnlySpan<byte> span, out int taken, out AtToken token)
    {
        taken = (int)Math.Min(_dataLeft, span.Length);
        _dataLeft -= taken;
        _afterData = _dataLeft == 0;
        token = new AtToken(AtTokenKind.Data, span[..taken]);
        return true;
    }

    private bool ReadLineStart(ReadOnlySpan<byte> span, out int taken, out AtToken token)
    {
        token = default;
        taken = 1;
        var first = span[0];
        if (_afterPrompt)
        {
            _afterPrompt = false;
            if (first == ' ') // some modems write "> ", some only ">"
            {
                return false;
            }
        }

        if (!_echo.IsEmpty)
        {
            return SkipEcho(span, out taken);
        }

        if (first is (byte)'\r' or (byte)'\n')
        {
            return false;
        }

        if (first == '>' && PromptExpected)
        {
            PromptExpected = false;
            _afterPrompt = true;
            token = new AtToken(AtTokenKind.Prompt, default);
            return true;
        }

        return ReadLine(span, out taken, out token);
    }

    private bool SkipEcho(ReadOnlySpan<byte> span, out int taken)
    {
        var echo = _echo.FirstSpan;
        taken = span.CommonPrefixLength(echo);
        _echo = taken == echo.Length || taken == span.Length ? _echo.Slice(taken) : default;
        return false;
    }

    private bool ReadLine(ReadOnlySpan<byte> span, out int taken, out AtToken token)
    {
        token = default;
        var end = span.IndexOf((byte)'\n');
        var piece = end < 0 ? span : span[..end];
        taken = end < 0 ? span.Length : end + 1;
        _overlong |= piece.Length > MaxLineLength - _length;
        if (!_overlong)
        {
            piece.CopyTo(_line.AsSpan(_length));
            _length += piece.Length;
        }

        return end >= 0 && EndLine(out token);
    }

    private bool EndLine(out AtToken token)
    {
        var line = _line.AsSpan(0, _length).TrimEnd("\r "u8);
        token = _overlong ? new AtToken(AtTokenKind.Overlong, default) : new AtToken(AtTokenKind.Line, line);
        var found = _overlong || !line.IsEmpty;
        _length = 0;
        _overlong = false;
        return found;
    }
}

/// <summary>The smallest thing a modem says. <see cref="Bytes"/> borrows the parser's memory until its next call.</summary>
internal readonly ref struct AtToken(AtTokenKind kind, ReadOnlySpan<byte> bytes)
{
    internal AtTokenKind Kind { get; } = kind;

    internal ReadOnlySpan<byte> Bytes { get; } = bytes;
}

internal enum AtTokenKind
{
    /// <summary>A non-empty line, without its CR LF.</summary>
    Line,

    /// <summary>The <c>&gt;</c> that invites a payload.</summary>
    Prompt,

    /// <summary>Some of the raw bytes announced by <see cref="AtParser.ExpectData"/>.</summary>
    Data,

    /// <summary>The raw bytes are complete, but no CR follows them: some were lost on the line.</summary>
    DataSlipped,

    /// <summary>A line longer than <see cref="AtParser.MaxLineLength"/> was thrown away.</summary>
    Overlong,
}
