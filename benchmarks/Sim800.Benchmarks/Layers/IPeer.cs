namespace Sim800.Benchmarks.Layers;

/// <summary>Who is at the far end of a <see cref="CannedLine"/>. Called on the thread of the client that writes.</summary>
internal interface IPeer
{
    /// <summary>Bytes of the client have arrived.</summary>
    void OnBytes(ReadOnlySpan<byte> bytes);

    /// <summary>A flush, or a CIPSEND, is over.</summary>
    void OnFlushed();
}
