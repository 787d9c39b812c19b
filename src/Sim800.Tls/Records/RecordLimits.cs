using System.Runtime.InteropServices;

namespace Sim800.Tls.Records;

/// <summary>The most plaintext one record holds in each direction, in bytes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordLimits(int MaxSend, int MaxReceive)
{
    internal static RecordLimits Default => new(RecordHeader.MaxPlaintext, RecordHeader.MaxPlaintext);
}
