namespace Sim800.Cli.Capture;

/// <summary>Control bits of a TCP segment (RFC 9293 §3.1).</summary>
[Flags]
internal enum TcpFlags : byte
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Push = 8,
    Ack = 16,
}
