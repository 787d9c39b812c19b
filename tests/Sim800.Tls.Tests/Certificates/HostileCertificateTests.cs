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
    public void Random_octets_are_refused()
    {
        var seed = Seed.Fresh();
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++)
        {
            var octets = new byte[random.Next(1, 400)];
            random.NextBytes(octets);
            octets[0] = 0x30;
            Refused([octets], $"seed {seed}, round {i}");
        }
    }

    [Fact]
    public void Mutated_trees_of_DER_are_refused_without_another_exception()
    {
        var seed = Seed.Fresh();
        var random = new Random(seed);
        var sent = Path.Sent();
        for (var i = 0; i < 800; i++)
        {
            // Splices a piece of the certificate over another: lengths and tags stay plausible.
            byte[] octets = [.. sent[0]];
            var length = random.Next(1, 40);
            octets.AsSpan(random.Next(octets.Length - length), length).CopyTo(octets.AsSpan(random.Next(octets.Length - length)));
            if (!octets.AsSpan().SequenceEqual(sent[0]))
            {
                Refused([octets, sent[1]], $"seed {seed}, round {i}");
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
