using System.Runtime.InteropServices;

namespace Sim800.Cli.Rendering;

/// <summary>What <c>sub</c> prints.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReceivedMessage(string Topic, ReadOnlyMemory<byte> Payload, int QoS, bool Retain, DateTimeOffset At);
