using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>A virtual modem on a pseudo-terminal, quick enough for a test.</summary>
internal static class TestModem
{
    internal static readonly VirtualModemOptions Quick = new() { RoundTripTime = TimeSpan.FromMilliseconds(20) };

    /// <summary>Of that model, and booting as quickly as a SIM800L.</summary>
    internal static VirtualModemOptions Of(VirtualModemModel model) => Quick with { Model = model, BootTime = TimeSpan.FromSeconds(3.3) };

    internal static VirtualModem Start(string map, VirtualModemOptions? options = null) =>
        VirtualModem.OnPseudoTerminal((options ?? Quick) with { Network = SocketNetwork.FromMap([map]) });

    internal static VirtualModem Start(string map, VirtualModemModel model) => Start(map, Of(model));

    internal static VirtualModem WithFaults(string map, params string[] faults) => WithFaults(map, VirtualModemModel.Sim800L, faults);

    internal static VirtualModem WithFaults(string map, VirtualModemModel model, params string[] faults) =>
        Start(map, Of(model) with { Faults = FaultPlan.Parse(faults) });
}
