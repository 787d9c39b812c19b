using System.Globalization;
using System.Text;
using System.Text.Json;
using Sim800.Wording;

namespace Sim800.Cli.Rendering;

/// <summary>
/// A message in JSON as mosquitto_sub writes it with <c>%j</c> and <c>%J</c>, to the byte: text is passed on as it came, even where it is no
/// UTF-8, and numbers are those of the C library.
/// </summary>
internal sealed class MessageJson(Stream output, bool isPretty, bool isTerminal)
{
    private const int DeepestNesting = 1000;

    private int _depth;

    /// <param name="message">What came.</param>
    /// <param name="isPayloadJson">Whether the payload is a value of its own instead of a text.</param>
    /// <returns>False, with nothing written, when the payload is to be JSON and is none.</returns>
    internal bool TryWrite(in ReceivedMessage message, bool isPayloadJson)
    {
        using var payload = isPayloadJson && !message.Payload.IsEmpty ? Parsed(message.Payload) : null;
        if (isPayloadJson && !message.Payload.IsEmpty && payload is null)
        {
            return false;
        }

        Open();
        Name("tst", isFirst: true);
        Text(Encoding.UTF8.GetBytes(message.At.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) + StrfTime.Convert('z', message.At, message.Zone)));
        Name("topic");
        Text(Encoding.UTF8.GetBytes(message.Topic));
        Number("qos", message.QoS);
        Number("retain", message.Retain ? 1 : 0);
        Number("payloadlen", message.Payload.Length);
        if (message.QoS > 0)
        {
            Number("mid", message.PacketId);
        }

        Name("payload");
        Payload(message.Payload.Span, payload);
        Close();
        return true;
    }

    private static JsonDocument? Parsed(ReadOnlyMemory<byte> payload)
    {
        var text = payload.Span is [0xEF, 0xBB, 0xBF, ..] ? payload[3..] : payload;
        try
        {
            var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            return IsText(document.RootElement) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether every escape stands for a character: half a surrogate pair does not.</summary>
    private static bool IsText(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(IsText),
                JsonValueKind.Object => value.EnumerateObject().All(member => member.Name is not null && IsText(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Payload(ReadOnlySpan<byte> bytes, JsonDocument? json)
    {
        if (json is not null)
        {
            Value(json.RootElement);
        }
        else if (bytes.IsEmpty)
        {
            output.Write("null"u8);
        }
        else
        {
            var end = bytes.IndexOf((byte)0); // a text of C
            Text(end < 0 ? bytes : bytes[..end]);
        }
    }

    private void Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Open();
                var isFirst = true;
                foreach (var member in value.EnumerateObject())
                {
                    Name(member.Name, isFirst);
                    Value(member.Value);
                    isFirst = false;
                }

                Close(isEmpty: isFirst);
                break;
            case JsonValueKind.Array:
                Array(value);
                break;
            case JsonValueKind.String:
                Text(Encoding.UTF8.GetBytes(value.GetString()!));
                break;
            case JsonValueKind.Number:
                Raw(NumberText(value.GetDouble()));
                break;
            default:
                Raw(value.GetRawText());
                break;
        }
    }

    private void Array(JsonElement array)
    {
        output.WriteByte((byte)'[');
        _depth++;
        var isFirst = true;
        foreach (var item in array.EnumerateArray())
        {
            Raw(isFirst ? string.Empty : isPretty ? ", " : ",");
            Value(item);
            isFirst = false;
        }

        _depth--;
        output.WriteByte((byte)']');
    }

    /// <summary>As few digits as tell the number from its neighbours: 15, or 17.</summary>
    private static string NumberText(double number)
    {
        if (!double.IsFinite(number))
        {
            return "null";
        }

        var text = number.ToString("G15", CultureInfo.InvariantCulture);
        var read = double.Parse(text, CultureInfo.InvariantCulture);
        var isSame = Math.Abs(read - number) <= Math.Max(Math.Abs(read), Math.Abs(number)) * 2.220446049250313e-16;
        return (isSame ? text : number.ToString("G17", CultureInfo.InvariantCulture)).Replace('E', 'e');
    }

    private void Open()
    {
        Raw(isPretty ? "{\n" : "{");
        _depth++;
    }

    private void Close(bool isEmpty = false)
    {
        _depth--;
        if (isPretty)
        {
            Raw((isEmpty ? string.Empty : "\n") + new string('\t', _depth));
        }

        output.WriteByte((byte)'}');
    }

    private void Name(string name, bool isFirst = false)
    {
        Raw(isFirst ? string.Empty : isPretty ? ",\n" : ",");
        Raw(isPretty ? new string('\t', _depth) : string.Empty);
        Text(Encoding.UTF8.GetBytes(name));
        Raw(isPretty ? ":\t" : ":");
    }

    private void Number(string name, int value)
    {
        Name(name);
        Raw(value.ToString(CultureInfo.InvariantCulture));
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        using var quoted = new MemoryStream(text.Length + 2);
        quoted.WriteByte((byte)'"');
        foreach (var character in text)
        {
            Escape(quoted, character);
        }

        quoted.WriteByte((byte)'"');
        if (isTerminal)
        {
            Raw(VisibleText.Of(Encoding.UTF8.GetString(quoted.GetBuffer(), 0, (int)quoted.Length))); // its escapes are JSON's
        }
        else
        {
            quoted.WriteTo(output);
        }
    }

    private static void Escape(Stream quoted, byte character)
    {
        var at = "\"\\\b\f\n\r\t"u8.IndexOf(character);
        if (at >= 0)
        {
            quoted.WriteByte((byte)'\\');
            quoted.WriteByte("\"\\bfnrt"u8[at]);
        }
        else if (character < ' ')
        {
            quoted.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")));
        }
        else
        {
            quoted.WriteByte(character);
        }
    }

    private void Raw(string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
