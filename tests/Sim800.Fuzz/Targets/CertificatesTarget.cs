using System.Security.Cryptography;
using Sim800.Tls;
using Sim800.Tls.Certificates;

namespace Sim800.Fuzz;

/// <summary>
/// Chains of certificates whose octets are changed, or whose tree of DER is and then written anew: one typed exception, whatever they are, and
/// a server's certificate is never accepted that its authority has not signed.
/// </summary>
internal sealed class CertificatesTarget : FuzzTarget
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly CertificateValidator[] _validators;
    private readonly HashSet<string> _signed;

    public CertificatesTarget()
    {
        // The first line of the file is the root of all others.
        var file = CorpusFile.Of("Corpus", Name);
        var chains = file.Skip(1).ToList();
        _validators =
        [
            new CertificateValidator(TlsTrust.FromPem(PemEncoding.WriteString("CERTIFICATE", file[0])), Now),
            new CertificateValidator(TlsTrust.PinnedPublicKey(new string('0', 64)), Now),
        ];
        _signed = [.. chains.Select(chain => Convert.ToHexString(Split(chain)[0]))];
    }

    internal override string Name => "certificates";

    internal override int Inputs => 1_500;

    internal override long FixedBytes => 512 * 1024;

    internal override long BytesPerByte => 4096;

    internal override int Longest => 8192;

    internal override IReadOnlyList<string> Words { get; } =
        ["\x30\x80", "\x30\x84\xff\xff\xff\xff", "\x05\x00", "\x02\x01\x00", "\x06\x03\x55\x1d\x11", "\x06\x03\x55\x1d\x1e", "\x06\x03\x55\x1d\x13", "\x06\x03\x55\x1d\x20", "\x04\x02\x30\x00", "\x82\x01*", "\x17\x0d" + "991231235959Z", "\x18\x0f" + "20501231235959Z", "\xa3\x02\x30\x00"];

    internal override bool IsTyped(Exception exception) => exception is TlsCertificateException { RemedyText.Length: > 0 };

    internal override byte[] Generate(Dice dice)
    {
        var chain = Split(dice.Of(Seeds));
        var which = dice.Below(chain.Count);
        chain[which] = new DerTree(chain[which]).Mutated(dice);
        return [.. chain.SelectMany(der => der)];
    }

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var chain = Split(input);
        TlsCertificateException? refusal = null;
        foreach (var validator in _validators)
        {
            try
            {
                validator.Validate(chain, "broker.example.com");
                if (!_signed.Contains(Convert.ToHexString(chain[0])))
                {
                    throw new BrokenPropertyException($"accepted: {Convert.ToHexString(chain[0])}");
                }
            }
            catch (TlsCertificateException e)
            {
                refusal = e;
            }
        }

        return refusal is null ? default : ValueTask.FromException(refusal);
    }

    /// <summary>Certificates stand one behind the other; what is left is one too.</summary>
    private static List<byte[]> Split(byte[] chain)
    {
        var all = new List<byte[]>();
        for (var at = 0; at < chain.Length;)
        {
            var length = chain.AsSpan(at) is [_, 0x82, var high, var low, ..] ? 4 + (high << 8) + low : chain.Length - at;
            length = Math.Min(length, chain.Length - at);
            all.Add(chain[at..(at + length)]);
            at += length;
        }

        return all;
    }
}
