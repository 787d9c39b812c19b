using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Tests.Certificates.Making;

/// <summary>A certificate as a tree, to be written again with one place in a form that BER allows and DER forbids (X.690 §8, §10, §11).</summary>
internal sealed class Ber
{
    private readonly byte _tag;
    private readonly byte[] _content;
    private readonly List<Ber> _children = [];

    private Ber(byte tag, byte[] content)
    {
        _tag = tag;
        _content = content;
        var isWrapper = tag is 0x04 or 0x03; // extension values and keys hold DER of their own
        if ((tag & 0x20) != 0)
        {
            _children = ReadAll(content) ?? throw new ArgumentException("This is not DER.", nameof(content));
        }
        else if (isWrapper && content.Length > 2 && ReadAll(tag == 0x03 ? content[1..] : content) is { } inner)
        {
            _children = inner;
        }
    }

    private bool IsConstructed => (_tag & 0x20) != 0;

    private bool HoldsBits => _tag == 0x03;

    /// <summary>Every certificate that differs from <paramref name="certificate"/> in the form of one place, properly signed again.</summary>
    internal static IEnumerable<(string Form, bool IsSigned, byte[] Der)> FormsOf(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var root = Read(certificate.RawData);
        var signed = root._children[0].Descendants().ToHashSet();
        foreach (var place in root.Descendants())
        {
            foreach (var (form, write) in place.Forms())
            {
                var isSigned = signed.Contains(place);
                yield return ($"{form} of {place._tag:X2} {Convert.ToHexString(place._content.AsSpan(0, Math.Min(8, place._content.Length)))}", isSigned,
                    isSigned ? Sign(root._children[0].Write(place, write), root, issuer) : root.Write(place, write));
            }
        }

        yield return ("an octet behind the end", false, [.. certificate.RawData, 0]);
        yield return ("an octet string behind the signature", false, Der.Raw(0x30, [.. root._content, 0x04, 0]));
    }

    /// <summary>The same certificate from the same tree, signed again: what the other forms differ from.</summary>
    internal static byte[] Unchanged(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var root = Read(certificate.RawData);
        return Sign(root._children[0].Write(null, null), root, issuer);
    }

    private static Ber Read(byte[] der) => ReadAll(der)!.Single();

    private static List<Ber>? ReadAll(byte[] bytes)
    {
        var all = new List<Ber>();
        var at = 0;
        while (at < bytes.Length)
        {
            if (at + 2 > bytes.Length || (bytes[at] & 0x1F) == 0x1F)
            {
                return null;
            }

            var (tag, length, start) = (bytes[at], (int)bytes[at + 1], at + 2);
            if (length is 0x81 or 0x82 && start + (length & 0x7F) <= bytes.Length)
            {
                var octets = length & 0x7F;
                length = octets == 1 ? bytes[start] : (bytes[start] << 8) | bytes[start + 1];
                start += octets;
            }
            else if (length >= 0x80)
            {
                return null;
            }

            if (start + length > bytes.Length)
            {
                return null;
            }

            try
            {
                all.Add(new Ber(tag, bytes[start..(start + length)]));
            }
            catch (ArgumentException)
            {
                return null;
            }

            at = start + length;
        }

        return all;
    }

    private static byte[] Sign(byte[] tbs, Ber root, X509Certificate2 issuer)
    {
        using var key = issuer.GetECDsaPrivateKey()!;
        var signature = key.SignData(tbs, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Der.Raw(0x30, [.. tbs, .. root._children[1].Write(null, null), .. Der.Raw(0x03, [0, .. signature])]);
    }

    private IEnumerable<Ber> Descendants() => [this, .. _children.SelectMany(child => child.Descendants())];

    private IEnumerable<(string Form, Func<byte, byte[], byte[]> Write)> Forms()
    {
        yield return ("a length with an octet too many", (tag, content) => content.Length < 0x80
            ? [tag, 0x81, (byte)content.Length, .. content]
            : [tag, 0x83, 0, (byte)(content.Length >> 8), (byte)content.Length, .. content]);
        if (IsConstructed)
        {
            yield return ("an indefinite length", (tag, content) => [tag, 0x80, .. content, 0, 0]);
        }

        switch (_tag)
        {
            case 0x01:
                yield return ("a truth that is not FF", (tag, _) => Der.Raw(tag, 1));
                break;
            case 0x02:
                yield return ("an integer with an octet too many", (tag, content) => Der.Raw(tag, [0, .. content]));
                break;
            case 0x03 when _content[0] != 0:
                yield return ("bits that are not used and not zero", (tag, content) => Der.Raw(tag, [.. content[..^1], (byte)(content[^1] | 1)]));
                break;
            case 0x03:
                yield return ("bits in pieces", (tag, content) => Der.Raw(0x23, Der.Raw(tag, content)));
                break;
            case 0x04:
                yield return ("octets in pieces", (tag, content) => Der.Raw(0x24, [.. Der.Raw(tag, content[..1]), .. Der.Raw(tag, content[1..])]));
                break;
        }
    }

    private byte[] Write(Ber? place, Func<byte, byte[], byte[]>? write)
    {
        var content = _children.Count == 0
            ? _content
            : (byte[])[.. HoldsBits && !IsConstructed ? _content[..1] : [], .. _children.SelectMany(child => child.Write(place, write))];
        return this == place ? write!(_tag, content) : Der.Raw(_tag, content);
    }
}
