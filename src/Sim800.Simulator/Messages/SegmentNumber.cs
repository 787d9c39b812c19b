using System.Runtime.InteropServices;

namespace Sim800.Simulator.Messages;

/// <summary>Which piece of a long message this is (23.040 9.2.3.24.1).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentNumber(int Reference, int Of, int Number)
{
    internal byte[] Header => [5, 0, 3, (byte)Reference, (byte)Of, (byte)Number];
}
