using System.IO.Pipelines;
using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>What is behind a <see cref="Sim800TcpConnection"/>: one of the modem's six links, or the whole line.</summary>
internal interface ILink
{
    PipeReader Input { get; }

    PipeWriter Output { get; }

    /// <summary>Whether it has ended, and why.</summary>
    LinkEnd End { get; }

    long SentBytes { get; }

    long ReceivedBytes { get; }

    /// <summary>Asks for what the peer has acknowledged.</summary>
    ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken);

    /// <summary>Sends the rest and closes.</summary>
    ValueTask CloseAsync();

    // What the read loop hands over. All of it returns at once.
    void OnReadAnnounced(int count, int left);

    void OnPushAnnounced(int count);

    void OnData(ReadOnlySpan<byte> bytes);

    void OnSlip();

    void OnUrc(in Urc urc);
}
