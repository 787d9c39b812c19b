using System.Text;

namespace Sim800.Tls.Certificates;

/// <summary>DNS names as certificates write them: ASCII octets, compared without regard to case (RFC 5280 §7.2, RFC 9525 §6.3).</summary>
internal static class DnsNames
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    /// <summary>Labels of letters, digits, hyphens and underscores, the last not a number (RFC 1123 §2.1).</summary>
    internal static bool IsHostName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > LongestName)
        {
            return false;
        }

        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && name[i] != (byte)'.')
            {
                continue;
            }

            if (!IsLabel(name[start..i]))
            {
                return false;
            }

            start = i + 1;
        }

        return name[(name.LastIndexOf((byte)'.') + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>A host name, or one whose whole first label is a wildcard with at least two labels behind it.</summary>
    internal static bool IsPresentedName(ReadOnlySpan<byte> name) =>
        IsWildcard(name) ? IsHostName(name[2..]) && name[2..].Contains((byte)'.') : IsHostName(name);

    /// <summary>The first label is a wildcard.</summary>
    internal static bool IsWildcard(ReadOnlySpan<byte> name) => name.StartsWith("*."u8);

    /// <summary>The name a certificate presents is <paramref name="reference"/>; a wildcard stands for one whole label.</summary>
    internal static bool Matches(ReadOnlySpan<byte> presented, ReadOnlySpan<byte> reference)
    {
        if (!IsPresentedName(presented))
        {
            return false;
        }

        if (!IsWildcard(presented))
        {
            return Ascii.EqualsIgnoreCase(presented, reference);
        }

        var dot = reference.IndexOf((byte)'.');
        return dot > 0 && Ascii.EqualsIgnoreCase(presented[2..], reference[(dot + 1)..]);
    }

    /// <summary><paramref name="name"/> is <paramref name="domain"/> or below it; a leading dot means only below,
    /// an empty domain means all.</summary>
    internal static bool IsWithin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> domain)
    {
        if (domain.IsEmpty)
        {
            return true;
        }

        if (domain[0] == (byte)'.')
        {
            return name.Length > domain.Length && Ascii.EqualsIgnoreCase(name[^domain.Length..], domain);
        }

        return name.Length >= domain.Length
            && Ascii.EqualsIgnoreCase(name[^domain.Length..], domain)
            && (name.Length == domain.Length || name[^(domain.Length + 1)] == (byte)'.');
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        if (label.Length is 0 or > LongestLabel || label[0] == (byte)'-' || label[^1] == (byte)'-')
        {
            return false;
        }

        foreach (var letter in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'-' or (byte)'_'))
            {
                return false;
            }
        }

        return true;
    }
}
