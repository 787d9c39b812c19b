using System.Security.Cryptography;
using System.Text;
using Sim800.Files;

namespace Sim800.Tls.Certificates.Files;

/// <summary>
/// A file that should hold a certificate or a key: octets, or text in whatever encoding an editor left it in. It may hold a secret, so
/// its memory is wiped when it is disposed.
/// </summary>
internal sealed class CredentialFile : IDisposable
{
    /// <summary>All roots of a system have a quarter of a megabyte.</summary>
    private const int Largest = 16 * 1024 * 1024;

    private readonly byte[] _octets;
    private readonly char[] _text;

    private CredentialFile(string name, byte[] octets, char[] text)
    {
        (Name, _octets, _text) = (name, octets, text);
        Blocks = PemBlock.ReadAll(text, name);
    }

    /// <summary>For messages and for the commands in them.</summary>
    internal string Name { get; }

    internal ReadOnlySpan<byte> Octets => _octets;

    internal ReadOnlySpan<char> Text => _text;

    /// <summary>Empty if it is no PEM.</summary>
    internal IReadOnlyList<PemBlock> Blocks { get; }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_octets);
        Array.Clear(_text);
        foreach (var block in Blocks)
        {
            CryptographicOperations.ZeroMemory(block.Content);
        }
    }

    /// <exception cref="IOException">It cannot be read, or is a folder.</exception>
    /// <exception cref="ArgumentException">It is too large, or a block of PEM in it is damaged.</exception>
    internal static CredentialFile Load(string path) =>
        Of(path, BoundedInput.TryReadFile(path, Largest) ?? throw new ArgumentException($"'{path}' is larger than 16 MB, so it is neither a certificate nor a key.", nameof(path)));

    /// <param name="name">For messages.</param>
    /// <param name="octets">Taken over.</param>
    /// <exception cref="ArgumentException">A block of PEM in it is damaged.</exception>
    internal static CredentialFile Of(string name, byte[] octets) => new(name, octets, Decode(octets));

    /// <exception cref="ArgumentException">A block of PEM in it is damaged.</exception>
    internal static CredentialFile OfText(string name, string text) => new(name, [], text.ToCharArray());

    // A byte order mark decides; a text in UTF-16 without one shows by the zeros between its letters. PEM itself is ASCII, and
    // comments in any other encoding do not matter.
    private static char[] Decode(byte[] octets)
    {
        var (encoding, skipped) = octets switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.Latin1, 3),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [not 0, 0, not 0, 0, ..] => (Encoding.Unicode, 0),
            [0, not 0, 0, not 0, ..] => (Encoding.BigEndianUnicode, 0),
            _ => (Encoding.Latin1, 0),
        };
        return encoding.GetChars(octets, skipped, octets.Length - skipped);
    }
}
