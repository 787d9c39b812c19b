using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sim800.Mqtt.WebSockets;

/// <summary>Status line and header fields of an HTTP/1.1 answer (RFC 9112 §4, §5), cut off the front of the input once they are complete.</summary>
internal sealed class HttpResponseHead
{
    /// <summary>An answer's head beyond this many bytes is refused: a server that means well needs a few hundred.</summary>
    internal const int MaxLength = 8192;

    private readonly Dictionary<string, string> _fields;

    private HttpResponseHead(int statusCode, Dictionary<string, string> fields)
    {
        StatusCode = statusCode;
        _fields = fields;
    }

    internal int StatusCode { get; }

    /// <summary>The field's value, repeated fields joined with a comma; empty when absent.</summary>
    internal string this[string name] => _fields.GetValueOrDefault(name, "");

    /// <returns><c>false</c> when the head is not complete yet; the input is then unchanged.</returns>
    /// <exception cref="MqttWebSocketUpgradeException">The input is no HTTP/1.1, or too long.</exception>
    internal static bool TryRead(ref ReadOnlySequence<byte> input, out HttpResponseHead? head)
    {
        head = null;
        RejectUnlessHttp(input);
        var reader = new SequenceReader<byte>(input);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> text, "\r\n\r\n"u8))
        {
            RejectIfTooLong(input.Length);
            return false;
        }

        RejectIfTooLong(text.Length);
        head = Parse(Encoding.Latin1.GetString(text));
        input = reader.UnreadSequence;
        return true;
    }

    /// <summary>Says so as soon as the first bytes differ: the rest may never come.</summary>
    private static void RejectUnlessHttp(in ReadOnlySequence<byte> input)
    {
        var expected = "HTTP/1.1 "u8;
        Span<byte> start = stackalloc byte[expected.Length];
        var length = (int)Math.Min(input.Length, expected.Length);
        input.Slice(0, length).CopyTo(start);
        if (!start[..length].SequenceEqual(expected[..length]))
        {
            throw UpgradeRefusals.NotHttp();
        }
    }

    private static void RejectIfTooLong(long length)
    {
        if (length > MaxLength)
        {
            throw UpgradeRefusals.TooLong();
        }
    }

    private static HttpResponseHead Parse(string text)
    {
        var lines = text.Split("\r\n");
        var status = lines[0].Split(' ', 3)[1];
        if (status.Length != 3
            || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            || code is < 100 or > 599)
        {
            throw UpgradeRefusals.NotHttp();
        }

        // Joined at the end: a field that is repeated a thousand times costs no more than its bytes.
        var fields = lines.Skip(1).Select(Field).GroupBy(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase);
        return new HttpResponseHead(code, fields.ToDictionary(values => values.Key, values => string.Join(", ", values), StringComparer.OrdinalIgnoreCase));
    }

    private static (string Name, string Value) Field(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (line[..colon], line[(colon + 1)..].Trim(' ', '\t')) : throw UpgradeRefusals.NotHttp();
    }
}
