using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sim800.Cli.Options;

/// <summary>The broker's name as the modem and its server take it: a host name of ASCII letters, or an IPv4 address.</summary>
internal static class HostName
{
    private const string Rule = "A host name has labels of letters, digits and hyphens with dots between them, such as broker.example.org.";

    /// <summary>RFC 1035 section 2.3.4.</summary>
    private const int LongestLabel = 63;

    /// <summary>What AT+CIPSTART takes with room for the rest of its line.</summary>
    private const int LongestName = 200;

    /// <returns><paramref name="text"/>, which can be dialled.</returns>
    /// <exception cref="UsageException">It is something else; the message says what to write, and repeats nothing that may be a password.</exception>
    internal static string Check(string text) => Complaint(text) is { } complaint ? throw new UsageException(complaint) : text;

    /// <summary>The A-labels of a name (RFC 5890 section 2.3.2.1); <c>null</c> where it has none.</summary>
    internal static string? AsciiForm(string text)
    {
        // Without the tables of nameprep (RFC 3491): nothing that they would drop or refuse is let through to be encoded.
        if (!text.EnumerateRunes().All(rune => rune.IsAscii || Rune.IsLetterOrDigit(rune) || IsMark(rune)))
        {
            return null;
        }

        try
        {
            var ascii = new IdnMapping().GetAscii(text.TrimEnd('.').ToLowerInvariant());
            return OfAscii(ascii) is null ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string? Complaint(string text)
    {
        if (text.Any(char.IsWhiteSpace) || text.Any(char.IsControl))
        {
            return $"The host name (-h) has a space or a control character in it. {Rule}";
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return text.StartsWith("mqtt://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("mqtts://", StringComparison.OrdinalIgnoreCase)
                ? "-h takes a host name alone: give an address such as mqtts://host:8883 with -L."
                : "-h takes a host name alone, without a scheme: a WebSocket is asked for with --ws, TLS with --tls, the port with -p.";
        }

        if (text.Contains('@', StringComparison.Ordinal))
        {
            return "-h takes a host name alone: give user and password with -u and -P, or all at once with -L mqtts://user:password@host:port.";
        }

        return text.Contains(':', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal) ? OfColon(text) : OfName(text);
    }

    private static string OfColon(string text)
    {
        if (IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return "The modem has no IPv6: give a host name or an IPv4 address with -h.";
        }

        return text.Split(':') is [var host, var port] && OfName(host) is null && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? $"-h takes a host name alone, and -p the port: -h {host} -p {port}."
            : "-h takes a host name alone, and -p the port: -h broker.example.org -p 8883.";
    }

    private static string? OfName(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return "-h takes a host name alone: the topic goes with -t, or all at once with -L mqtts://host:port/topic.";
        }

        if (!text.All(char.IsAscii))
        {
            return AsciiForm(text) is { } ascii ? $"The modem takes host names in ASCII alone: -h {ascii}." : $"This host name (-h) has no ASCII form. {Rule}";
        }

        if (text.EndsWith('.') && text.Length > 1 && OfName(text[..^1]) is null)
        {
            return $"Leave out the dot at the end of the host name: -h {text[..^1]}.";
        }

        return OfAscii(text);
    }

    private static string? OfAscii(string text)
    {
        var labels = text.Split('.');
        if (text.Length > LongestName || labels.Any(label => label.Length is 0 or > LongestLabel || label.StartsWith('-') || label.EndsWith('-'))
            || !text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
        {
            return $"This is no host name (-h). {Rule}";
        }

        var isNumber = labels[^1].All(char.IsAsciiDigit);
        return isNumber && !(IPAddress.TryParse(text, out var quad) && string.Equals(quad.ToString(), text, StringComparison.Ordinal))
            ? "This is no IPv4 address (-h): four numbers of 0 to 255 with dots between them, such as 192.0.2.1."
            : null;
    }
}
