using System.Runtime.InteropServices;

namespace Sim800.Cli.Capture;

/// <summary>One end of a captured connection.</summary>
/// <param name="Address">IPv4 address, the first octet in the highest bits.</param>
/// <param name="Port">TCP port.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TcpEndPoint(uint Address, ushort Port);
