using System.Formats.Asn1;
using Sim800.Tls.Certificates;
using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>X.690 by its octets: what is BER and not DER, alone, deep within structures, and in every place of a certificate.</summary>
public sealed class DerFormTests
{
    public static TheoryData<string, string> NotDer => new()
    {
        { "an indefinite length", "3080020101 0000" },
        { "an indefinite length of a string", "2480 0401AA 0000" },
        { "a long form that the short one holds", "308103 020101" },
        { "a long form of a primitive", "0281 01 01" },
        { "a length with a zero in front", "30820003 020101" },
        { "a length of length zero", "3080" },
        { "a length of four octets", "3084 00000003 020101" },
        { "the reserved length", "30FF" },
        { "a length beyond the end", "3004 020101" },
        { "a high tag number", "3F2000" },
        { "a low tag number in the high form", "1F0201 01" },
        { "a high tag number, context specific", "9F2A0101" },
        { "an end of contents", "0000" },
        { "a boolean of 1", "010101" },
        { "a boolean of two octets", "0102FFFF" },
        { "an empty boolean", "0100" },
        { "an integer with a zero too many", "0202007F" },
        { "a negative integer with an FF too many", "0202FF80" },
        { "an empty integer", "0200" },
        { "an enumerated with a zero too many", "0A02000A" },
        { "a bit string without its first octet", "0300" },
        { "a bit string with eight unused bits", "03020800" },
        { "a bit string with unused bits and no others", "030107" },
        { "a bit string whose unused bits are not zero", "03020781" },
        { "a bit string in pieces", "2304 03020001" },
        { "an octet string in pieces", "2403 0401AA" },
        { "a text in pieces", "3303 130141" },
        { "a time in pieces", "370F 170D3236303130313030303030305A" },
        { "a NULL with a content", "050100" },
        { "a constructed NULL", "2500" },
        { "an object identifier with a padded arc", "0603 2A8001" },
        { "an object identifier with a padded first arc", "0602 8001" },
        { "an object identifier that stops within an arc", "0602 2A83" },
        { "an empty object identifier", "0600" },
        { "an object identifier of 65 arcs", "0640 2A" + string.Concat(Enumerable.Repeat("01", 63)) },
        { "an object identifier with an arc of 129 bits", "0614 2A" + "84" + string.Concat(Enumerable.Repeat("FF", 17)) + "7F" },
        { "a primitive sequence", "1000" },
        { "a primitive set", "1100" },
        { "a set that is not in order", "3106 020102 020101" },
        { "a set that is not in order, by length", "3107 02020100 020101" },
        { "a UTC time without seconds", "170B 323630313031303030305A" },
        { "a UTC time with an offset", "1711 3236303130313030303030302B30303030" },
        { "a UTC time without Z", "170C 323630313031303030303030" },
        { "a generalized time without seconds", "180D 32303530303130313030305A" },
        { "a generalized time with an offset", "1813 32303530303130313030303030302B30303030" },
        { "a generalized time with a fraction that ends in zero", "1812 32303530303130313030303030302E35305A" },
        { "a generalized time with an empty fraction", "1810 32303530303130313030303030302E5A" },
        { "a generalized time with a comma", "1811 32303530303130313030303030302C355A" },
        { "a UTF-8 text that is none", "0C02 C328" },
        { "a UTF-8 text with an overlong form", "0C02 C080" },
        { "a printable text with an asterisk", "1301 2A" },
        { "an IA5 text beyond ASCII", "1601 80" },
        { "a BMP text of half a letter", "1E01 41" },
        { "a BMP text of half a character", "1E04 0041D800" },
        { "a sequence with half a value at its end", "3004 020101 02" },
        { "octets behind the end", "020101 00" },
        { "a second value", "020101 020101" },
        { "nothing", "" },
    };

    public static TheoryData<string> RightForms =>
    [
        "3000", "3100", "0500", "010100", "0101FF", "020100", "02017F", "02020080", "0201FF", "0202FF7F", "0A0101", "030100", "03020780", "0400", "0401AA",
        "06022A03", "06038837 01", "063F 2A" + string.Concat(Enumerable.Repeat("01", 62)), "0614 2A" + "83" + string.Concat(Enumerable.Repeat("FF", 17)) + "7F", "170D3236303130313030303030305A", "180F32303530303130313030303030305A",
        "1811 32303530303130313030303030302E355A", "0C02C3A4", "130141", "16012A", "1E020041", "3106020101020102", "3106020101020101",
        "8003010101", "A0030101FF", "300C 0601 2A 0500 A003 020101 3000",
    ];

    [Theory]
    [MemberData(nameof(NotDer))]
    public void What_is_not_DER_is_refused_alone_and_at_any_depth(string what, string octets)
    {
        Assert.NotEmpty(what);
        var form = Octets(octets);
        Assert.ThrowsAny<AsnContentException>(() => DerForm.Check(form));
        Assert.ThrowsAny<AsnContentException>(() => DerForm.Check(Der.Raw(0x30, Der.Raw(0xA3, Der.Raw(0x31, [.. form, 0xFF])))));
        Assert.ThrowsAny<AsnContentException>(() => DerForm.Check(Der.Raw(0x30, [0x05, 0x00, .. Der.Raw(0xA3, [.. form, 0x00])])));
    }

    [Theory]
    [MemberData(nameof(NotDer))]
    public void What_is_not_DER_makes_an_extension_of_the_profile_malformed(string what, string octets)
    {
        Assert.NotEmpty(what);

        // An extension that nobody here reads: where the lists of revoked certificates are (RFC 5280 §4.2.1.13).
        TestPath.WithServer(new TestExtension("2.5.29.31", false, Octets(octets))).IsRefused(TlsCertificateStatus.Malformed);
        TestPath.WithAuthority(new TestExtension("1.3.6.1.5.5.7.1.1", false, Octets(octets))).IsRefused(TlsCertificateStatus.Malformed);
    }

    [Theory]
    [MemberData(nameof(RightForms))]
    public void What_is_DER_passes(string octets)
    {
        DerForm.Check(Octets(octets));
        DerForm.Check(Der.Raw(0x30, Der.Raw(0xA3, Octets(octets))));
    }

    /// <summary>What our limit lets through the platform reads: otherwise it throws where nobody expects it.</summary>
    [Fact]
    public void The_longest_object_identifiers_that_pass_can_be_read()
    {
        foreach (var form in RightForms.Select(row => Octets(row.Data)).Where(form => form[0] == 0x06))
        {
            Assert.NotEmpty(new AsnReader(form, AsnEncodingRules.DER).ReadObjectIdentifier());
        }
    }

    [Fact]
    public void A_certificate_with_any_of_its_lengths_written_longer_is_refused()
    {
        var path = new TestPath();
        var sent = path.Sent();
        var heads = HeadsOf(sent[0]).ToList();
        Assert.True(heads.Count > 30);
        foreach (var head in heads)
        {
            var longer = WithLongerLength(sent[0], head, HeadsContaining(sent[0], head));
            Assert.Throws<TlsCertificateException>(() => path.Validate(path.Anchor, [longer, sent[1]], TestPath.ServerName));
            Assert.ThrowsAny<AsnContentException>(() => DerForm.Check(longer));
        }
    }

    [Fact]
    public void Structures_without_end_are_refused_before_the_stack_ends()
    {
        var deep = Array.Empty<byte>();
        for (var i = 0; i < 5000; i++)
        {
            deep = Der.Raw(0x30, deep);
        }

        Assert.ThrowsAny<AsnContentException>(() => DerForm.Check(deep));
    }

    private static byte[] Octets(string octets) => Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Where the values begin, in all structures.</summary>
    private static IEnumerable<int> HeadsOf(byte[] der)
    {
        var open = new Stack<(int Start, int End)>([(0, der.Length)]);
        while (open.TryPop(out var part))
        {
            for (var at = part.Start; at < part.End;)
            {
                yield return at;
                var (head, length) = ReadHead(der, at);
                if ((der[at] & 0x20) != 0)
                {
                    open.Push((at + head, at + head + length));
                }

                at += head + length;
            }
        }
    }

    private static List<int> HeadsContaining(byte[] der, int inner) => [.. HeadsOf(der).Where(outer =>
    {
        var (head, length) = ReadHead(der, outer);
        return (der[outer] & 0x20) != 0 && outer + head <= inner && inner < outer + head + length;
    })];

    private static (int Head, int Length) ReadHead(byte[] der, int at) => der[at + 1] switch
    {
        0x81 => (3, der[at + 2]),
        0x82 => (4, (der[at + 2] << 8) | der[at + 3]),
        var shortForm => (2, shortForm),
    };

    /// <summary>The length at <paramref name="at"/> in four octets, and all around it right again.</summary>
    private static byte[] WithLongerLength(byte[] der, int at, List<int> around)
    {
        var (head, length) = ReadHead(der, at);
        byte[] value = [der[at], 0x83, 0, (byte)(length >> 8), (byte)length, .. der[(at + head)..(at + head + length)]];
        var (start, end) = (at, at + head + length);
        foreach (var outer in around.OrderByDescending(one => one))
        {
            var (outerHead, outerLength) = ReadHead(der, outer);
            var outerEnd = outer + outerHead + outerLength;
            value = Der.Raw(der[outer], [.. der[(outer + outerHead)..start], .. value, .. der[end..outerEnd]]);
            (start, end) = (outer, outerEnd);
        }

        return value;
    }
}
