using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sim800.Wording;

namespace Sim800.Cli.Rendering;

/// <summary>
/// How <c>sub</c> prints a message: as mosquitto_sub does with the same <c>-F</c>, <c>-v</c>, <c>-N</c> and <c>--pretty</c>, to the byte. A
/// conversion is <c>%</c>, optionally <c>-</c> or <c>0</c>, a width, a point and a precision, and a letter; <c>@</c> and a letter is
/// one of strftime(3); <c>\</c> and a letter is a character.
/// </summary>
internal sealed class MessageFormat
{
    private const string Letters = "ACDEFIJPRSUXjlmpqrtx%";
    private const string EscapeLetters = "\\0aenrtv";
    private const string Escaped = "\\\0\a\e\n\r\t\v";

    /// <summary>Widths beyond this are a slip of the pen.</summary>
    private const int Widest = 65_535;

    private readonly List<Part> _parts = [];
    private readonly bool _isVerbose;
    private readonly bool _isPretty;
    private readonly bool _endsLine;

    private MessageFormat(bool isVerbose, bool isPretty, bool endsLine) => (_isVerbose, _isPretty, _endsLine) = (isVerbose, isPretty, endsLine);

    private bool IsFormatted => _parts.Count > 0;

    /// <summary>The payload, with the topic in front if that is wanted. Of an empty payload there is nothing to print, or <c>(null)</c>.</summary>
    internal static MessageFormat Plain(bool isVerbose, bool endsLine) => new(isVerbose, isPretty: false, endsLine);

    /// <exception cref="UsageException">The format is incomplete or has something unknown.</exception>
    internal static MessageFormat Parse(string format, bool isPretty = false, bool endsLine = true)
    {
        var parsed = new MessageFormat(isVerbose: false, isPretty, endsLine);
        var rest = format.AsSpan();
        parsed._parts.Add(Part.OfText([])); // an empty format is one too
        while (!rest.IsEmpty)
        {
            var next = rest.IndexOfAny('%', '@', '\\');
            var text = next < 0 ? rest : rest[..next];
            parsed._parts.Add(Part.OfText(Encoding.UTF8.GetBytes(text.ToString())));
            rest = rest[text.Length..];
            if (!rest.IsEmpty)
            {
                parsed._parts.Add(ReadPart(ref rest));
            }
        }

        return parsed;
    }

    /// <param name="output">Where it is written to.</param>
    /// <param name="message">What came.</param>
    /// <param name="isTerminal">Topic and payload are shown without what would steer a terminal or forge a line; else every byte is kept.</param>
    /// <returns>What there is to complain of: a payload that was to be JSON.</returns>
    internal string? Write(Stream output, in ReceivedMessage message, bool isTerminal = false)
    {
        string? complaint = null;
        if (!IsFormatted)
        {
            WritePlain(output, message, isTerminal);
            return complaint;
        }

        foreach (var part in _parts)
        {
            complaint = WritePart(output, part, message, isTerminal) ?? complaint;
        }

        EndLine(output);
        return complaint;
    }

    private static Part ReadPart(ref ReadOnlySpan<char> rest)
    {
        var kind = rest[0];
        rest = rest[1..];
        if (rest.IsEmpty)
        {
            throw Incomplete();
        }

        if (kind == '%')
        {
            return ReadConversion(ref rest);
        }

        var letter = rest[0];
        rest = rest[1..];
        if (kind == '@')
        {
            return letter == '@' ? Part.OfText("@"u8.ToArray()) : new Part('@', letter);
        }

        return EscapeLetters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at
            ? Part.OfText([(byte)Escaped[at]])
            : throw new UsageException($"-F knows no escape '\\{letter}': \\\\ \\0 \\a \\e \\n \\r \\t \\v.");
    }

    private static Part ReadConversion(ref ReadOnlySpan<char> rest)
    {
        var flag = rest[0] is '-' or '0' ? rest[0] : '\0';
        rest = flag == '\0' ? rest : rest[1..];
        var padding = flag == '0' || (flag == '-' && rest is ['0', ..]) ? '0' : ' ';
        var width = ReadNumber(ref rest);
        var precision = -1;
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            precision = ReadNumber(ref rest);
        }

        if (rest.IsEmpty)
        {
            throw Incomplete();
        }

        var letter = rest[0];
        rest = rest[1..];
        return Letters.Contains(letter, StringComparison.Ordinal)
            ? new Part('%', letter) { IsLeft = flag == '-', Padding = padding, Width = width, Precision = precision }
            : throw new UsageException($"-F knows no conversion '%{letter}': %{string.Join(" %", Letters.ToCharArray())}.");
    }

    private static int ReadNumber(ref ReadOnlySpan<char> rest)
    {
        var number = 0;
        while (!rest.IsEmpty && char.IsAsciiDigit(rest[0]))
        {
            number = (number * 10) + rest[0] - '0';
            rest = rest[1..];
            if (number > Widest)
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"-F takes widths of {Widest} at most."));
            }
        }

        return number;
    }

    private static UsageException Incomplete() => new("-F ends in the middle of a conversion; %% is a percent sign, @@ an at sign, \\\\ a backslash.");

    private void WritePlain(Stream output, in ReceivedMessage message, bool isTerminal)
    {
        if (!message.Payload.IsEmpty)
        {
            if (_isVerbose)
            {
                output.Write(Shown(Encoding.UTF8.GetBytes(message.Topic + ' '), isTerminal));
            }

            output.Write(Shown(message.Payload.Span, isTerminal));
            EndLine(output);
        }
        else if (_isVerbose && _endsLine)
        {
            output.Write(Shown(Encoding.UTF8.GetBytes(message.Topic + " (null)"), isTerminal));
            EndLine(output);
        }
    }

    private void EndLine(Stream output)
    {
        if (_endsLine)
        {
            output.WriteByte((byte)'\n');
        }
    }

    private string? WritePart(Stream output, in Part part, in ReceivedMessage message, bool isTerminal)
    {
        switch (part.Kind)
        {
            case '@':
                output.Write(Encoding.UTF8.GetBytes(StrfTime.Convert(part.Letter, message.At, message.Zone)));
                return null;
            case '%' when part.Letter is 'j' or 'J':
                return new MessageJson(output, _isPretty, isTerminal).TryWrite(message, isPayloadJson: part.Letter == 'J')
                    ? null
                    : $"The payload on {message.Topic} is not valid JSON, which %J needs.";
            case '%':
                output.Write(Shown(Field(part, message), isTerminal && part.Letter is 't' or 'p'));
                return null;
            default:
                output.Write(part.Text);
                return null;
        }
    }

    private static byte[] Field(in Part part, in ReceivedMessage message) => part.Letter switch
    {
        't' => part.Fitted(message.Topic),
        'I' => part.Fitted(StrfTime.Convert('F', message.At, message.Zone) + "T" + StrfTime.Convert('T', message.At, message.Zone) + StrfTime.Convert('z', message.At, message.Zone)),
        'l' => part.Number(message.Payload.Length),
        'm' => part.Number(message.PacketId),
        'p' => part.Payload(message.Payload.Span),
        'x' => part.Hexadecimal(message.Payload.Span, Convert.ToHexStringLower),
        'X' => part.Hexadecimal(message.Payload.Span, Convert.ToHexString),
        'q' => [(byte)('0' + message.QoS)],
        'r' => [(byte)(message.Retain ? '1' : '0')],
        'U' => Encoding.ASCII.GetBytes(StrfTime.Convert('s', message.At, message.Zone) + "." + StrfTime.Convert('N', message.At, message.Zone)),
        'A' or 'E' or 'F' or 'S' => part.Blank(part.Padding), // of MQTT 5
        'C' => part.Blank(' '),
        '%' => "%"u8.ToArray(),
        _ => [],
    };

    private static ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> bytes, bool isTerminal) =>
        isTerminal ? Encoding.UTF8.GetBytes(VisibleText.Of(Encoding.UTF8.GetString(bytes))) : bytes;

    /// <summary>A text, a conversion of ours or one of strftime, with how it is to fit. Lengths count bytes, as those of printf(3) do.</summary>
    private readonly record struct Part(char Kind, char Letter)
    {
        internal byte[] Text { get; private init; } = [];

        internal bool IsLeft { get; init; }

        internal char Padding { get; init; }

        internal int Width { get; init; }

        /// <summary>-1 for none.</summary>
        internal int Precision { get; init; }

        internal static Part OfText(byte[] text) => new('"', '\0') { Text = text };

        internal byte[] Fitted(string value)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            var printed = Precision >= 0 && Precision < bytes.Length ? bytes[..Precision] : bytes;
            return Padded(printed, ' ', Width - printed.Length);
        }

        internal byte[] Number(int value)
        {
            var digits = Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));
            return Padded(digits, IsLeft ? ' ' : Padding, Width - digits.Length);
        }

        /// <summary>The width is also the most that is printed.</summary>
        internal byte[] Payload(ReadOnlySpan<byte> payload)
        {
            var printed = Width > 0 && payload.Length > Width ? payload[..Width] : payload;
            return Padded(printed.ToArray(), Padding, Width - printed.Length);
        }

        /// <summary>With a width, half of the bytes that a payload as such would have room for: so it is in mosquitto_sub.</summary>
        internal byte[] Hexadecimal(ReadOnlySpan<byte> payload, Func<ReadOnlySpan<byte>, string> digits)
        {
            var printed = Width > 0 ? payload[..(Math.Min(payload.Length, Width) / 2)] : payload;
            return Padded(Encoding.ASCII.GetBytes(digits(printed)), Padding, Width > 0 ? Width - (2 * printed.Length) : -payload.Length);
        }

        internal byte[] Blank(char padding) => Encoding.ASCII.GetBytes(new string(padding, Width));

        /// <summary>Left-aligned, a negative count is one of spaces all the same, which is how printf(3) reads it.</summary>
        private byte[] Padded(byte[] bytes, char padding, int count)
        {
            var isPayload = Letter is 'p' or 'x' or 'X';
            var blanks = Encoding.ASCII.GetBytes(new string(IsLeft ? ' ' : padding, IsLeft && isPayload ? Math.Abs(count) : Math.Max(0, count)));
            return IsLeft ? [.. bytes, .. blanks] : [.. blanks, .. bytes];
        }
    }
}

/// <summary>What <c>sub</c> prints.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReceivedMessage(string Topic, ReadOnlyMemory<byte> Payload, int QoS, bool Retain, DateTimeOffset At)
{
    /// <summary>0 with QoS 0.</summary>
    internal int PacketId { get; init; }

    /// <summary>The abbreviation of the time's zone.</summary>
    internal string Zone { get; init; } = "UTC";
}
