using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Sim800.Tls.Certificates.Files;

/// <summary>
/// Takes the encryption by a password off a key: PKCS #8 (RFC 5958 §3), or the older form of OpenSSL, PEM with the headers of RFC 1421.
/// A missing or wrong password, a cipher that nobody here knows and a damaged file are told apart.
/// </summary>
internal static class EncryptedKey
{
    private const string Pkcs12Arc = "1.2.840.113549.1.12.";

    /// <summary>Some ten seconds on a small gateway; OpenSSL writes 2,048.</summary>
    private const int MostIterations = 10_000_000;

    /// <summary>Twice what any cipher takes.</summary>
    private const int LongestKey = 64;

    private const int SaltLength = 8;

    /// <returns>PKCS #8, in clear; the caller's to wipe.</returns>
    internal static byte[] DecryptPkcs8(byte[] octets, string name, string password)
    {
        var info = ReadInfo(octets, name);
        var secret = PasswordFor(info.EncryptionAlgorithm, password);
        try
        {
            var cipher = Prepare(info.EncryptionAlgorithm, secret, name);
            return cipher.DoFinal(info.GetEncryptedData());
        }
        catch (InvalidCipherTextException e)
        {
            throw WrongPassword(name, password, e);
        }
        catch (DataLengthException e)
        {
            throw new ArgumentException($"The encrypted key in '{name}' is damaged.", nameof(octets), e);
        }
        finally
        {
            Array.Clear(secret);
        }
    }

    /// <returns>PKCS #1 or SEC 1, in clear; the caller's to wipe.</returns>
    internal static byte[] DecryptOldPem(PemBlock pem, string name, string password)
    {
        var parts = pem.Header("DEK-Info")!.Split(',', 2, StringSplitOptions.TrimEntries);
        var (engine, keyBits) = EngineOf(parts[0], name);
        var iv = ReadVector(parts, engine.GetBlockSize(), name);
        var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(engine), new Pkcs7Padding());
        var secret = Encoding.UTF8.GetBytes(password);
        try
        {
            // OpenSSL's EVP_BytesToKey with MD5 and one round.
            var generator = new OpenSslPbeParametersGenerator();
            generator.Init(secret, iv[..SaltLength]);
            cipher.Init(forEncryption: false, new ParametersWithIV(generator.GenerateDerivedParameters("AES", keyBits), iv));
            return cipher.DoFinal(pem.Content);
        }
        catch (InvalidCipherTextException e)
        {
            throw WrongPassword(name, password, e);
        }
        catch (DataLengthException e)
        {
            throw new ArgumentException($"The encrypted key in '{name}' is damaged.", nameof(pem), e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    internal static ArgumentException WrongPassword(string name, string keyPassword, Exception? inner = null) =>
        new($"The password for the key in '{name}' is wrong.", nameof(keyPassword), inner);

    private static EncryptedPrivateKeyInfo ReadInfo(byte[] octets, string name)
    {
        try
        {
            var info = EncryptedPrivateKeyInfo.GetInstance(octets);
            return IterationsOf(info.EncryptionAlgorithm.GetEncoded()) <= MostIterations
                ? info
                : throw new ArgumentException($"The key in '{name}' is encrypted with more than {MostIterations:N0} iterations.", nameof(octets));
        }
        catch (Exception e) when (e is not ArgumentException { ParamName: nameof(octets) })
        {
            throw new ArgumentException($"The encrypted key in '{name}' is damaged.", nameof(octets), e);
        }
    }

    /// <summary>
    /// The iterations of PBKDF2, PBES1 or PKCS #12, which all stand behind their salt; 0 where there are none. Behind them PBKDF2 has the length
    /// of the key, for each part of which all are done again.
    /// </summary>
    private static BigInteger IterationsOf(ReadOnlyMemory<byte> algorithm)
    {
        var most = BigInteger.Zero;
        var open = new Stack<AsnReader>([new AsnReader(algorithm, AsnEncodingRules.BER)]);
        while (open.TryPop(out var reader))
        {
            var isBehindSalt = false;
            var iterations = BigInteger.One;
            while (reader.HasData)
            {
                var tag = reader.PeekTag();
                if (tag.HasSameClassAndValue(Asn1Tag.Sequence))
                {
                    open.Push(reader.ReadSequence());
                }
                else if (isBehindSalt && tag.HasSameClassAndValue(Asn1Tag.Integer))
                {
                    var number = reader.ReadInteger();
                    iterations = iterations.IsOne ? number : iterations * (1 + (number / LongestKey));
                    most = BigInteger.Max(most, iterations);
                }
                else
                {
                    isBehindSalt = tag.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString);
                    reader.ReadEncodedValue();
                }
            }
        }

        return most;
    }

    /// <summary>PKCS #12 takes the letters (RFC 7292 §B.1); all others take octets, which are those of UTF-8.</summary>
    private static char[] PasswordFor(AlgorithmIdentifier algorithm, string password) =>
        algorithm.Algorithm.Id.StartsWith(Pkcs12Arc, StringComparison.Ordinal)
            ? password.ToCharArray()
            : Encoding.Latin1.GetChars(Encoding.UTF8.GetBytes(password));

    private static IBufferedCipher Prepare(AlgorithmIdentifier algorithm, char[] password, string name)
    {
        try
        {
            var cipher = PbeUtilities.CreateEngine(algorithm) as IBufferedCipher ?? throw UnknownCipher(name, algorithm.Algorithm.Id, null);
            cipher.Init(forEncryption: false, PbeUtilities.GenerateCipherParameters(algorithm, password));
            return cipher;
        }
        catch (Exception e) when (e is not ArgumentException { ParamName: nameof(name) })
        {
            // BouncyCastle reads the parameters where it needs them, and lets out what its containers throw.
            throw UnknownCipher(name, algorithm.Algorithm.Id, e);
        }
    }

    private static (IBlockCipher Engine, int KeyBits) EngineOf(string cipher, string name) => cipher.ToUpperInvariant() switch
    {
        "AES-128-CBC" => (AesUtilities.CreateEngine(), 128),
        "AES-192-CBC" => (AesUtilities.CreateEngine(), 192),
        "AES-256-CBC" => (AesUtilities.CreateEngine(), 256),
        "DES-EDE3-CBC" => (new DesEdeEngine(), 192),
        "DES-CBC" => (new DesEngine(), 64),
        var other => throw UnknownCipher(name, other.Length > 40 ? other[..40] : other, null),
    };

    private static byte[] ReadVector(string[] parts, int length, string name)
    {
        var hex = parts.Length == 2 ? parts[1] : "";
        return hex.Length == 2 * length && hex.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(hex)
            : throw new ArgumentException($"The encrypted key in '{name}' is damaged: its DEK-Info has no initialisation vector.", nameof(parts));
    }

    private static ArgumentException UnknownCipher(string name, string cipher, Exception? inner) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The key in '{name}' is encrypted with a cipher that is not supported ({cipher}); convert it by: ")
        + $"openssl pkcs8 -topk8 -v2 aes-256-cbc -in {FileContentText.Quoted(name)} -out key.pem",
        nameof(name),
        inner);
}
