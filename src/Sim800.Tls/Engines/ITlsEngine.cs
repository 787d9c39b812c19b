using System.Buffers;

namespace Sim800.Tls.Engines;

/// <summary>
/// One TLS connection as a machine: bytes in, bytes out. It never waits, knows no clock and does no I/O; whoever drives it
/// decides when its output travels. Not thread-safe.
/// </summary>
internal interface ITlsEngine : IDisposable
{
    TlsEngineState State { get; }

    /// <summary>What was agreed; throws before the handshake is complete.</summary>
    NegotiatedParameters Negotiated { get; }

    /// <summary>Whether there is something to send that the application did not write: a flight, an alert, an answer.</summary>
    bool HasOutput { get; }

    /// <summary>Makes the ClientHello.</summary>
    void Start();

    /// <summary>
    /// Takes whole records off the front of <paramref name="input"/>, leaves the rest, and writes what they carried to
    /// <paramref name="plaintext"/>. What was decrypted before a failure stays written.
    /// </summary>
    /// <exception cref="TlsException">The connection is over. An alert for the server may be waiting as output.</exception>
    void OfferInput(ref ReadOnlySequence<byte> input, IBufferWriter<byte> plaintext);

    /// <summary>The transport has ended.</summary>
    /// <exception cref="TlsClosedException">It ended without close_notify.</exception>
    void OfferEndOfInput();

    /// <summary>Moves what waits to be sent to <paramref name="output"/>.</summary>
    void ReadOutput(IBufferWriter<byte> output);

    /// <summary>Encrypts <paramref name="plaintext"/> into as few records as allowed, after what <see cref="ReadOutput"/> holds.</summary>
    /// <exception cref="TlsException">The connection cannot send.</exception>
    void OfferPlaintext(ReadOnlySpan<byte> plaintext, IBufferWriter<byte> output);

    /// <summary>Makes a close_notify if one is due.</summary>
    void Close();

    /// <summary>What to keep for a resumption, or <c>null</c> when the server offered none.</summary>
    TlsSession? ExportSession();
}
