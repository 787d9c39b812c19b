using System.Buffers;

namespace Sim800.Cli.Capture;

/// <summary>Writes down what passes through one connection.</summary>
internal sealed class CaptureTap(CaptureFile file, TcpConversation conversation)
{
    internal void Sent(ReadOnlyMemory<byte> bytes) => file.Record(() => conversation.Sent(bytes.Span));

    internal void Received(ReadOnlySequence<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            var copy = bytes.ToArray();
            file.Record(() => conversation.Received(copy));
        }
    }

    internal void Closed() => file.Record(conversation.Close);
}
