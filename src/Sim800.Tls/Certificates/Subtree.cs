namespace Sim800.Tls.Certificates;

/// <summary>One subtree of a name constraint against one name of the same form; <c>null</c> where that cannot be told.</summary>
internal static class Subtree
{
    /// <summary>Everything the name stands for lies within the subtree.</summary>
    internal static bool? Contains(GeneralName subtree, GeneralName name) => subtree.Form switch
    {
        GeneralNameForm.DnsName when AreDnsNames(subtree, name) => DnsNames.IsWithin(name.Value.Span, subtree.Value.Span),
        GeneralNameForm.IpAddress => ContainsAddress(subtree.Value.Span, name.Value.Span),
        GeneralNameForm.DirectoryName => ContainsDirectoryName(subtree.Value, name.Value),
        _ => null,
    };

    /// <summary>Something the name stands for lies within the subtree: a wildcard may reach into it from above.</summary>
    internal static bool? Touches(GeneralName subtree, GeneralName name)
    {
        var contains = Contains(subtree, name);
        return contains is false && name.Form == GeneralNameForm.DnsName
            ? DnsNames.IsWildcard(name.Value.Span) && DnsNames.Matches(name.Value.Span, subtree.Value.Span)
            : contains;
    }

    private static bool AreDnsNames(GeneralName subtree, GeneralName name)
    {
        var domain = subtree.Value.Span;
        return DnsNames.IsPresentedName(name.Value.Span)
            && (domain.IsEmpty || DnsNames.IsHostName(domain[0] == (byte)'.' ? domain[1..] : domain));
    }

    private static bool? ContainsAddress(ReadOnlySpan<byte> subnet, ReadOnlySpan<byte> address)
    {
        if (subnet.Length is not (8 or 32) || address.Length is not (4 or 16))
        {
            return null;
        }

        var mask = subnet[(subnet.Length / 2)..];
        if (!IsPrefix(mask))
        {
            return null;
        }

        for (var i = 0; i < mask.Length && mask.Length == address.Length; i++)
        {
            if (((subnet[i] ^ address[i]) & mask[i]) != 0)
            {
                return false;
            }
        }

        return mask.Length == address.Length;
    }

    // Ones, then zeros, in the style of RFC 4632.
    private static bool IsPrefix(ReadOnlySpan<byte> mask)
    {
        var ended = false;
        foreach (var octet in mask)
        {
            var inverse = (byte)~octet;
            if ((inverse & (inverse + 1)) != 0 || (ended && octet != 0))
            {
                return false;
            }

            ended |= octet != 0xFF;
        }

        return true;
    }

    private static bool ContainsDirectoryName(ReadOnlyMemory<byte> subtree, ReadOnlyMemory<byte> name)
    {
        var prefix = DistinguishedName.Canonical(subtree);
        var whole = DistinguishedName.Canonical(name);
        return prefix.Count <= whole.Count && prefix.SequenceEqual(whole.Take(prefix.Count), StringComparer.Ordinal);
    }
}
