namespace Sim800.Tls.Certificates.Files;

/// <summary>One block of PEM (RFC 7468), also with the headers of RFC 1421 §4.6 that older keys have.</summary>
/// <param name="Label">What it says it is.</param>
/// <param name="Headers">The lines before the base64; empty in all but older keys.</param>
/// <param name="Content">Decoded.</param>
internal sealed record PemBlock(string Label, IReadOnlyList<string> Headers, byte[] Content)
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";
    private const int LongestLabel = 64;

    /// <summary>The value of a header, or <c>null</c>.</summary>
    internal string? Header(string name) => Headers
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    /// <summary>All of them, with any text before, between and behind.</summary>
    /// <exception cref="ArgumentException">One is damaged; none may get lost without a word.</exception>
    internal static IReadOnlyList<PemBlock> ReadAll(ReadOnlySpan<char> text, string name)
    {
        var blocks = new List<PemBlock>();
        for (var at = text.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Begin, StringComparison.Ordinal))
        {
            text = text[(at + Begin.Length)..];
            var labelLength = text.IndexOf(Dashes, StringComparison.Ordinal);
            if (labelLength is < 0 or > LongestLabel)
            {
                throw Damaged(name, blocks.Count, "has a first line that does not end");
            }

            var label = text[..labelLength].ToString();
            text = text[(labelLength + Dashes.Length)..];
            var end = text.IndexOf($"{End}{label}{Dashes}", StringComparison.Ordinal);
            blocks.Add(end < 0
                ? throw Damaged(name, blocks.Count, $"has no line '{End}{label}{Dashes}'")
                : Read(label, text[..end], name, blocks.Count));
            text = text[(end + End.Length + labelLength + Dashes.Length)..];
        }

        return blocks;
    }

    private static PemBlock Read(string label, ReadOnlySpan<char> body, string name, int index)
    {
        var headers = new List<string>();
        for (var rest = body.TrimStart(); rest.IndexOf('\n') is >= 0 and var length && rest[..length].Contains(':');)
        {
            headers.Add(rest[..length].Trim().ToString());
            body = rest = rest[(length + 1)..];
        }

        var content = new byte[body.Length];
        if (!Convert.TryFromBase64Chars(body, content, out var written))
        {
            throw Damaged(name, index, "is not base64");
        }

        var exact = content[..written];
        Array.Clear(content);
        return new(label, headers, exact);
    }

    private static ArgumentException Damaged(string name, int index, string how) =>
        new($"'{name}' is damaged: block {index + 1} of its PEM {how}.", nameof(name));
}
