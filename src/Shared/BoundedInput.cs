using System.Security.Cryptography;

namespace Sim800.Files;

/// <summary>Reads what others may have made as long as they like: a file, a device that never ends, what comes from a pipe.</summary>
internal static class BoundedInput
{
    private const int FirstPiece = 4096;

    /// <summary>All octets of a file.</summary>
    /// <returns><c>null</c> when there are more than <paramref name="most"/>.</returns>
    /// <exception cref="IOException">It cannot be read, or is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static byte[]? TryReadFile(string path, int most)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder.");
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var octets = new byte[(int)Math.Min(most + 1L, Math.Max(FirstPiece, file.CanSeek ? file.Length + 1 : 0))]; // one more, so that its end is seen
        var count = 0;
        while (file.Read(octets, count, octets.Length - count) is > 0 and var read)
        {
            if (Exceeds(most, count += read, ref octets))
            {
                return null;
            }
        }

        return Cut(octets, count);
    }

    /// <summary>All of a file as text: UTF-8, or what its byte order mark says.</summary>
    /// <inheritdoc cref="TryReadFile"/>
    internal static string? TryReadText(string path, int most)
    {
        if (TryReadFile(path, most) is not { } octets)
        {
            return null;
        }

        using var reader = new StreamReader(new MemoryStream(octets));
        return reader.ReadToEnd();
    }

    /// <summary>All octets of a stream. One that knows no cancellation, such as the console's, is left behind.</summary>
    /// <returns><c>null</c> when there are more than <paramref name="most"/>.</returns>
    internal static async Task<byte[]?> TryReadAsync(Stream input, int most, CancellationToken cancellationToken)
    {
        var octets = new byte[Math.Min(FirstPiece, most + 1)];
        var count = 0;
        while (await input.ReadAsync(octets.AsMemory(count), cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (Exceeds(most, count += read, ref octets))
            {
                return null;
            }
        }

        return Cut(octets, count);
    }

    /// <summary>Makes room where there is none left: twice as much, but no more than shows that there is too much. What may be a secret stays in one place.</summary>
    private static bool Exceeds(int most, int count, ref byte[] octets)
    {
        if (count == octets.Length)
        {
            var grown = new byte[(int)Math.Min(octets.Length * 2L, most + 1L)];
            octets.CopyTo(grown, 0);
            CryptographicOperations.ZeroMemory(octets);
            octets = grown;
        }

        return count > most;
    }

    private static byte[] Cut(byte[] octets, int count)
    {
        if (count == octets.Length)
        {
            return octets;
        }

        var cut = octets.AsSpan(0, count).ToArray();
        CryptographicOperations.ZeroMemory(octets);
        return cut;
    }
}
