using System.Runtime.InteropServices;

namespace Sim800.Modem.Sms;

/// <summary>Which part of a long message a segment is (3GPP TS 23.040 §9.2.3.24.1 and §9.2.3.24.8).</summary>
/// <param name="Reference">The same in all parts.</param>
/// <param name="Total">How many parts, 1 to 255.</param>
/// <param name="Number">Which one, 1 to <paramref name="Total"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SmsConcatenation(int Reference, int Total, int Number);
