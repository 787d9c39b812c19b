namespace Sim800.Benchmarks.Layers;

/// <summary>The peer itself at the end of the line.</summary>
internal sealed class CannedTransport : CannedLine
{
    internal override void Deliver(ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
        {
            Say(bytes);
            Flush();
        }
    }

    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        Peer!.OnBytes(bytes);
        Peer.OnFlushed();
    }
}
