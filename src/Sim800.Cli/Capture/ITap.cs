using System.Buffers;

namespace Sim800.Cli.Capture;

/// <summary>Told of each byte that passes through a connection, once.</summary>
internal interface ITap
{
    void Sent(ReadOnlyMemory<byte> bytes);

    void Received(ReadOnlySequence<byte> bytes);

    void Closed();
}

/// <summary>Writes down what passes through one connection.</summary>
internal sealed class CaptureTap(CaptureFile file, TcpConversation conversation) : ITap
{
    public void Sent(ReadOnlyMemory<byte> bytes) => file.Record(() => conversation.Sent(bytes.Span));

    public void Received(ReadOnlySequence<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            var copy = bytes.ToArray();
            file.Record(() => conversation.Received(copy));
        }
    }

    public void Closed() => file.Record(conversation.Close);
}
