using System.Numerics;

namespace Sim800.Tls.Handshake;

/// <summary>512, 1024, 2048 and 4096 bytes travel as 1 to 4 (RFC 6066 §4).</summary>
internal static class MaxFragmentLengthCode
{
    internal static bool IsValid(int length) => length is 512 or 1024 or 2048 or 4096;

    internal static byte Of(int length) => (byte)(BitOperations.Log2((uint)length) - 8);

    /// <returns><c>null</c> when the extension was not there, for which BouncyCastle has a negative code.</returns>
    internal static int? ToLength(int code) => code < 0 ? null : 1 << (8 + code);
}
