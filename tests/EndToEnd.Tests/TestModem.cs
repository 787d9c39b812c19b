using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>A virtual modem on a pseudo-terminal, quick enough for a test.</summary>
internal static class TestModem
{
    internal static readonly VirtualSim800Options Quick = new() { RoundTripTime = TimeSpan.FromMilliseconds(20) };

    internal static VirtualSim800 Start(string map, VirtualSim800Options? options = null) =>
        VirtualSim800.OnPseudoTerminal((options ?? Quick) with { Network = SocketNetwork.FromMap([map]) });

    internal static VirtualSim800 WithFaults(string map, params string[] faults) =>
        Start(map, Quick with { Faults = FaultPlan.Parse(faults) });
}
