using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sim800.Cli.Rendering;

/// <summary>
/// The format of <c>sub -F</c>, a part of mosquitto_sub's: <c>%t</c> topic, <c>%p</c> payload, <c>%x</c> and <c>%X</c> payload in
/// hexadecimal, <c>%l</c> its length, <c>%q</c> QoS, <c>%r</c> retained, <c>%I</c> time of arrival, <c>%U</c> the same in Unix
/// seconds, <c>%j</c> all of it in JSON, <c>%%</c>, and the escapes <c>\n \t \r \0 \\</c>.
/// </summary>
internal sealed class MessageFormat
{
    private const string Known = "tpxXlqrIUj%";

    /// <summary>Text stays readable; control characters are escaped all the same.</summary>
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _format;

    private MessageFormat(string format) => _format = format;

    /// <exception cref="UsageException">The format has an unknown conversion.</exception>
    internal static MessageFormat Parse(string format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && (++i == format.Length || !Known.Contains(format[i], StringComparison.Ordinal)))
            {
                throw new UsageException($"-F knows %{string.Join(" %", Known.ToCharArray())}.");
            }
        }

        return new MessageFormat(format);
    }

    /// <param name="output">Where it is written to.</param>
    /// <param name="message">What came.</param>
    /// <param name="isTerminal">Topic and payload are shown without what would steer a terminal or forge a line; else every byte is kept.</param>
    internal void Write(Stream output, in ReceivedMessage message, bool isTerminal = false)
    {
        for (var i = 0; i < _format.Length; i++)
        {
            var isPair = i + 1 < _format.Length;
            if (_format[i] == '%')
            {
                WriteField(output, _format[++i], message, isTerminal);
            }
            else if (_format[i] == '\\' && isPair && Escaped(_format[i + 1]) is { } character)
            {
                output.WriteByte((byte)character);
                i++;
            }
            else
            {
                var length = char.IsHighSurrogate(_format[i]) && isPair ? 2 : 1;
                output.Write(Encoding.UTF8.GetBytes(_format, i, length));
                i += length - 1;
            }
        }
    }

    private static char? Escaped(char character) => character switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        '\\' => '\\',
        _ => null,
    };

    private static void WriteField(Stream output, char field, in ReceivedMessage message, bool isTerminal)
    {
        if (isTerminal && (field is 't' or 'p' or 'j'))
        {
            output.Write(Encoding.UTF8.GetBytes(TerminalText.Visible(TextOf(field, message))));
            return;
        }

        if (field == 'p')
        {
            output.Write(message.Payload.Span);
            return;
        }

        if (field == 'j')
        {
            WriteJson(output, message);
            return;
        }

        output.Write(Encoding.UTF8.GetBytes(field switch
        {
            't' => message.Topic,
            'x' => Convert.ToHexStringLower(message.Payload.Span),
            'X' => Convert.ToHexString(message.Payload.Span),
            'l' => message.Payload.Length.ToString(CultureInfo.InvariantCulture),
            'q' => message.QoS.ToString(CultureInfo.InvariantCulture),
            'r' => message.Retain ? "1" : "0",
            'I' => message.At.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            'U' => (message.At.ToUnixTimeMilliseconds() / 1000m).ToString("0.000", CultureInfo.InvariantCulture),
            _ => "%",
        }));
    }

    private static string TextOf(char field, in ReceivedMessage message)
    {
        using var text = new MemoryStream();
        WriteField(text, field, message, isTerminal: false);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void WriteJson(Stream output, in ReceivedMessage message)
    {
        using var json = new Utf8JsonWriter(output, Json);
        json.WriteStartObject();
        json.WriteString("tst", message.At.ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
        json.WriteString("topic", message.Topic);
        json.WriteNumber("qos", message.QoS);
        json.WriteNumber("retain", message.Retain ? 1 : 0);
        json.WriteNumber("payloadlen", message.Payload.Length);
        json.WriteString("payload", Encoding.UTF8.GetString(message.Payload.Span));
        json.WriteEndObject();
    }
}

/// <summary>What <c>sub</c> prints.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReceivedMessage(string Topic, ReadOnlyMemory<byte> Payload, int QoS, bool Retain, DateTimeOffset At);
