using System.IO.Pipelines;
using Sim800.Simulator;

namespace Architecture.Tests.Pages;

/// <summary>The code of docs/simulator.md, so that the compiler reads it. It is not run.</summary>
internal static class SimulatorPageSnippets
{
    internal static async Task InATestAsync()
    {
        using var clock = new VirtualClock();                                   // a week passes in seconds
        var network = new InMemoryNetwork().Serve("echo.example.org", 7, async (line, stop) =>
            await line.Input.CopyToAsync(line.Output, stop));

        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            Network = network,
            RoundTripTime = TimeSpan.FromMilliseconds(600),
            Faults = FaultPlan.Parse("send-fail=2@90s", "reboot@1h"),
        });

        await DriveMyGatewayAsync(modem.Line, clock);                           // modem.Line is an IDuplexPipe
        Assert.Equal(12, modem.Counters.CipSends);
    }

    internal static async Task AsASerialDeviceAsync()
    {
        await using var modem = VirtualModem.OnPseudoTerminal(
            new VirtualModemOptions { Network = SocketNetwork.FromMap(["broker.example.org:8883=127.0.0.1:8883"]) },
            linkPath: "ttySIM800");
    }

    private static async Task DriveMyGatewayAsync(IDuplexPipe line, TimeProvider clock)
    {
        await Task.Delay(TimeSpan.FromMinutes(2), clock, TestContext.Current.CancellationToken);
        await line.Output.CompleteAsync();
    }
}
