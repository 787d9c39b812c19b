using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sim800.Tls.Certificates;

/// <summary>The name a server must prove: a DNS name in its A-label form, or an IP address (RFC 9525 §6.1).</summary>
/// <param name="DnsName">Lower case, ASCII, without a trailing dot; empty for an address.</param>
/// <param name="Address">The address; <c>null</c> for a DNS name.</param>
internal sealed record ServerName(string DnsName, IPAddress? Address)
{
    public override string ToString() => Address?.ToString() ?? DnsName;

    /// <exception cref="ArgumentException">Neither a DNS name nor an IP address.</exception>
    internal static ServerName Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text.Contains(':', StringComparison.Ordinal))
        {
            // IPAddress takes "[::1]:8883" as well, and drops the port without a word.
            return !text.Contains('[', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId == 0
                ? new("", address)
                : throw NotAName(text, null);
        }

        // Only the plain dotted quad: "127.1", "0x7f.1" and "0177.0.0.1" mean one thing to one reader and another to the next.
        if (IPAddress.TryParse(text, out var quad) && string.Equals(quad.ToString(), text, StringComparison.Ordinal))
        {
            return new("", quad);
        }

        var name = ToAscii(text);
        return DnsNames.IsHostName(Encoding.ASCII.GetBytes(name)) ? new(name, null) : throw NotAName(text, null);
    }

    /// <summary>One of <paramref name="names"/> is this name; the subject's common name never counts (RFC 9525 §2).</summary>
    internal bool IsOneOf(IReadOnlyList<GeneralName> names) => names.Any(Is);

    private static string ToAscii(string text)
    {
        var name = text.EndsWith('.') ? text[..^1] : text;
        try
        {
            return Ascii.IsValid(name) ? name.ToLowerInvariant() : new IdnMapping().GetAscii(name.ToLowerInvariant());
        }
        catch (ArgumentException e)
        {
            throw NotAName(text, e);
        }
    }

    private static ArgumentException NotAName(string text, Exception? inner) =>
        new($"'{text}' is neither a DNS name nor an IP address; give the broker's name alone, without scheme or port.", nameof(text), inner);

    private bool Is(GeneralName name) => name.Form switch
    {
        GeneralNameForm.DnsName => Address is null && DnsNames.Matches(name.Value.Span, Encoding.ASCII.GetBytes(DnsName)),
        GeneralNameForm.IpAddress => Address is not null && name.Value.Span.SequenceEqual(Address.GetAddressBytes()),
        _ => false,
    };
}
