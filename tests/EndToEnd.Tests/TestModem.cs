using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>A virtual modem on a pseudo-terminal, quick enough for a test.</summary>
internal static class TestModem
{
    internal static readonly VirtualModemOptions Quick = new() { RoundTripTime = TimeSpan.FromMilliseconds(20) };

    internal static VirtualModem Start(string map, VirtualModemOptions? options = null) =>
        VirtualModem.OnPseudoTerminal((options ?? Quick) with { Network = SocketNetwork.FromMap([map]) });

    internal static VirtualModem WithFaults(string map, params string[] faults) =>
        Start(map, Quick with { Faults = FaultPlan.Parse(faults) });
}
