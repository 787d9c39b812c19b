using Sim800.Tls.Certificates;
using Sim800.Tls.Tests.Certificates.Making;
using TestKit;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Whatever octets stand where a certificate should: one typed exception, and never acceptance.</summary>
public sealed class HostileCertificateTests
{
    private static readonly TestPath Path = new();
    private static readonly CertificateValidator Validator = new(TestPath.TrustIn(Path.Anchor), TestPath.Now);

    [Fact]
    public void A_certificate_cut_anywhere_is_refused()
    {
        var sent = Path.Sent();
        for (var length = 0; length < sent[0].Length; length++)
        {
            Refused([sent[0][..length], sent[1]], $"cut at {length}");
        }
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        var sent = Path.Sent();
        for (var which = 0; which < 2; which++)
        {
            foreach (var bit in Extent.BitsOf(sent[which].Length))
            {
                byte[][] changed = [[.. sent[0]], [.. sent[1]]];
                changed[which][bit / 8] ^= (byte)(1 << (bit % 8));
                Refused(changed, $"certificate {which}, bit {bit}");
            }
        }
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = Array.Empty<byte>();
        for (var i = 0; i < 5000; i++)
        {
            deep = Der.Raw(0x30, deep);
        }

        Refused([deep], "nested 5000 times");
    }

    private static void Refused(IReadOnlyList<byte[]> sent, string what)
    {
        var thrown = Record.Exception(() => Validator.Validate(sent, TestPath.ServerName));
        Assert.True(thrown is TlsCertificateException, $"{what}: {thrown?.ToString() ?? "accepted"}");
    }
}
