using BenchmarkDotNet.Running;
using Sim800.Benchmarks.Fleet;
using Sim800.Benchmarks.Handshake;
using Sim800.Benchmarks.Layers;
using Sim800.Benchmarks.Link;
using Sim800.Benchmarks.Soak;
using Sim800.Benchmarks.Store;
using Sim800.Benchmarks.Versus;

using var interrupted = new CancellationTokenSource();
switch (args)
{
    case ["link", .. var rest]:
        Console.CancelKeyPress += Interrupt;
        return await LinkCommand.RunAsync(rest, interrupted.Token);
    case ["lte"]:
        Console.CancelKeyPress += Interrupt;
        return await LteCommand.RunAsync(interrupted.Token);
    case ["fleet", .. var rest]:
        Console.CancelKeyPress += Interrupt;
        return await FleetCommand.RunAsync(rest, interrupted.Token);
    case ["store"]:
        return await StoreCommand.RunAsync();
    case ["soak", .. var rest]:
        Console.CancelKeyPress += Interrupt;
        return await SoakCommand.RunAsync(rest, interrupted.Token);
    case ["soak-client", .. var rest]:
        Console.CancelKeyPress += Interrupt;
        return await SoakClient.RunAsync(rest, interrupted.Token);
    case ["processor"]:
        Console.CancelKeyPress += Interrupt;
        await LineCost.WriteAsync(Console.Out, interrupted.Token);
        return 0;
    case ["processor-stand"]:
        await LineCost.StandAsync(interrupted.Token);
        return 0;
    case ["layers"]:
        Console.CancelKeyPress += Interrupt;
        await LayerTable.WriteAsync(Console.Out, interrupted.Token);
        return 0;
    case ["versus"]:
        await VersusTable.WriteAsync(Console.Out);
        return 0;
    case ["handshake"]:
        HandshakeTable.Write(Console.Out);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(LinkCommand).Assembly).Run(args);
        return 0;
}

void Interrupt(object? sender, ConsoleCancelEventArgs key)
{
    key.Cancel = true;
    interrupted.Cancel();
}
