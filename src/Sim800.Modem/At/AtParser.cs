using System.Buffers;

namespace Sim800.Modem.At;

/// <summary>
/// Cuts the modem's output into <see cref="AtToken"/>s: lines, the prompt and counted payload. Pure: no I/O, no clock, no
/// allocation. It takes every byte offered, so that the pipe below never fills up with half a line. A line with a text in quotes goes on
/// over the line ends within them.
/// </summary>
/// <param name="texts">The lines whose quoted text may run over several lines.</param>
internal sealed class AtParser(IReadOnlyList<AtPattern> texts)
{
    /// <summary>Longer than any answer: an operator list, or a USSD text in UCS2.</summary>
    internal const int MaxLineLength = 2048;

    /// <summary>
    /// CR and LF between counted data and the line behind it: two by the manual, four from some firmware. A count that has lost a digit leaves
    /// nine bytes or more behind, so that data that is nothing but line ends cannot hide here.
    /// </summary>
    private const int MaxBlanks = 4;

    private const int None = -1;

    /// <summary>Longer than any text in quotes: 182 characters as UCS2 in hexadecimal. When no quote ends it by then, it was lost.</summary>
    internal const int MaxTextLength = 1024;

    private readonly byte[] _line = new byte[MaxLineLength];
    private int _lineStart;
    private bool _isInText;
    private bool _isReleasing;
    private int _length;
    private long _dataLeft;
    private bool _overlong;
    private bool _hadData;
    private int _blanks = None;
    private bool _afterPrompt;
    private ReadOnlySequence<byte> _echo;

    /// <summary>Set while a command waits for its prompt; at any other time <c>&gt;</c> is a character like any other.</summary>
    internal bool PromptExpected { get; set; }

    /// <summary>Whether NUL bytes between lines and in them mean nothing.</summary>
    internal bool SkipsNul { get; set; }

    /// <summary>Counted payload that has not arrived yet.</summary>
    internal long DataLeft => _dataLeft;

    /// <summary>Whether something has begun and not ended: a line, or the bytes that a line has announced.</summary>
    internal bool IsInMidst => _length > 0 || _dataLeft > 0;

    /// <summary>Whether the line goes on because a quote in it is open.</summary>
    internal bool IsInText => _isInText;

    /// <summary>The quote that would end the text was lost: what has come since is what it would be without that text, line by line.</summary>
    internal void ReleaseText() => (_isInText, _isReleasing, _lineStart) = (false, _isInText || _isReleasing, 0);

    /// <summary>The next <paramref name="count"/> bytes are payload, whatever they look like.</summary>
    internal void ExpectData(long count) =>
        (_dataLeft, _hadData, _blanks) = (count, count > 0, count > 0 ? None : 0);

    /// <summary>With echo on the modem repeats the payload byte for byte: what follows is skipped as long as it is that.</summary>
    internal void SkipEcho(in ReadOnlySequence<byte> payload) => _echo = payload;

    /// <summary>Forgets every expectation: used after a time-out, when nothing is known about what comes next.</summary>
    internal void Reset()
    {
        _length = _lineStart = 0;
        _dataLeft = 0;
        _overlong = _afterPrompt = PromptExpected = _isInText = _isReleasing = false;
        _blanks = None;
        _echo = default;
    }

    /// <summary>Takes the next token off the front of <paramref name="input"/>.</summary>
    /// <returns><c>false</c> when all of <paramref name="input"/> has been taken and more bytes are needed.</returns>
    internal bool TryRead(ref ReadOnlySequence<byte> input, out AtToken token)
    {
        while (_isReleasing || !input.IsEmpty)
        {
            if (_isReleasing)
            {
                if (TryRelease(out token))
                {
                    return true;
                }

                continue;
            }

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

        if (_blanks != None && IsMoreData(span[0]))
        {
            _blanks = None;
            taken = 0;
            token = new AtToken(AtTokenKind.DataSlipped, default);
            return true;
        }

        return _length == 0 && !_overlong ? ReadLineStart(span, out taken, out token) : ReadLine(span, out taken, out token);
    }

    /// <summary>Whether the byte behind the counted data is none that follows them, but one of them: their number was wrong.</summary>
    private bool IsMoreData(byte first)
    {
        var isFirst = _blanks == 0 && _hadData;
        if (first == 0 && SkipsNul && !isFirst)
        {
            return false;
        }

        if (first is (byte)'\r' or (byte)'\n')
        {
            return ++_blanks > MaxBlanks || (isFirst && first != '\r');
        }

        _blanks = None;
        return isFirst;
    }

    private bool ReadData(ReadOnlySpan<byte> span, out int taken, out AtToken token)
    {
        taken = (int)Math.Min(_dataLeft, span.Length);
        _dataLeft -= taken;
        _blanks = _dataLeft == 0 ? 0 : None;
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

        if (first is (byte)'\r' or (byte)'\n' || (first == 0 && SkipsNul))
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
        if (SkipsNul && span.IndexOf((byte)0) is >= 0 and var nul)
        {
            if (nul == 0)
            {
                taken = 1;
                return false;
            }

            span = span[..nul];
        }

        var end = span.IndexOf((byte)'\n');
        var piece = end < 0 ? span : span[..end];
        taken = end < 0 ? span.Length : end + 1;
        if (_isInText && _length + piece.Length >= MaxTextLength)
        {
            taken = 0;
            ReleaseText();
            return TryRelease(out token);
        }

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
        if (!_overlong && _length < MaxTextLength && GoesOn(line))
        {
            _line[_length++] = (byte)'\n';
            _isInText = true;
            token = default;
            return false;
        }

        token = _overlong ? new AtToken(AtTokenKind.Overlong, default) : new AtToken(AtTokenKind.Line, line);
        var found = _overlong || !line.IsEmpty;
        _length = 0;
        _overlong = _isInText = false;
        return found;
    }

    private bool GoesOn(ReadOnlySpan<byte> line)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Matches(line))
            {
                return OpenQuote.IsIn(line);
            }
        }

        return false;
    }

    /// <summary>The next whole line of a text that has been given up; what is left behind the last one is the line that is being received.</summary>
    private bool TryRelease(out AtToken token)
    {
        var rest = _line.AsSpan(_lineStart, _length - _lineStart);
        var end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            rest.CopyTo(_line);
            (_length, _lineStart, _isReleasing) = (rest.Length, 0, false);
            token = default;
            return false;
        }

        _lineStart += end + 1;
        var line = rest[..end].TrimEnd("\r "u8);
        token = new AtToken(AtTokenKind.Line, line);
        return !line.IsEmpty;
    }
}

/// <summary>Where a text in quotes ends, although the text may have quotes of its own.</summary>
internal static class OpenQuote
{
    private static readonly SearchValues<byte> Numbers = SearchValues.Create(" ,0123456789"u8);

    /// <summary>
    /// Whether the line ends within a text in quotes. Such a text begins with a quote at the beginning of a field and ends with one that a
    /// comma or the end of the line follows; a number behind it as the last field is what follows no quote within a text.
    /// </summary>
    internal static bool IsIn(ReadOnlySpan<byte> line)
    {
        var first = line.IndexOf((byte)'"');
        if (first < 0 || line[..first].TrimEnd((byte)' ') is not [.., (byte)',' or (byte)':' or (byte)'('])
        {
            return false;
        }

        var text = line[(first + 1)..];
        var last = text.LastIndexOf((byte)'"');
        if (last < 0)
        {
            return true;
        }

        var behind = text[(last + 1)..].Trim((byte)' ');
        if (behind.IsEmpty)
        {
            return line.Count((byte)'"') % 2 != 0;
        }

        return behind.Length < 2 || behind[0] != ',' || behind[1..].ContainsAnyExcept(Numbers) || IsFieldWithin(line, text[..last]);
    }

    /// <summary>
    /// Whether the last quote belongs to a field such as <c>"SM"</c> of a line within the text: then the quote of the text is one too many.
    /// </summary>
    private static bool IsFieldWithin(ReadOnlySpan<byte> line, ReadOnlySpan<byte> text) =>
        line.Count((byte)'"') % 2 != 0
        && text.LastIndexOf((byte)'"') is var opening and > 0
        && text[..opening].TrimEnd((byte)' ') is [.., (byte)',' or (byte)':'];
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

    /// <summary>The raw bytes are complete, but what follows is no end of them: some bytes were lost on the line.</summary>
    DataSlipped,

    /// <summary>A line longer than <see cref="AtParser.MaxLineLength"/> was thrown away.</summary>
    Overlong,
}
