namespace Sim800.Benchmarks.Handshake;

/// <summary>What one handshake with one message each way costs the client.</summary>
/// <param name="Client">Which client.</param>
/// <param name="Time">From the first byte to the echo, the server's work included; the median.</param>
/// <param name="Processor">Of the client's thread; the median.</param>
/// <param name="Allocated">Bytes that the client's thread allocated; the median.</param>
/// <param name="Held">Managed bytes that a connected client without traffic holds, in a read that waits.</param>
/// <param name="Received">Bytes that came to the client.</param>
internal sealed record HandshakeFigure(string Client, TimeSpan Time, TimeSpan Processor, long Allocated, long Held, long Received);
