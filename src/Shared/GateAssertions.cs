using System.Diagnostics;

namespace Sim800;

/// <summary>Says in code which gate a method is called under, and checks it in a debug build.</summary>
internal static class GateAssertions
{
    /// <summary>The caller holds the gate.</summary>
    [Conditional("DEBUG")]
    internal static void AssertHeld(this Gate gate) => Debug.Assert(
#if NET9_0_OR_GREATER
        gate.IsHeldByCurrentThread,
#else
        Monitor.IsEntered(gate),
#endif
        "This is called under the gate.");
}
