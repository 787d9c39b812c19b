using System.CommandLine;
using Sim800.Simulator;

namespace Sim800.Cli.Verbs;

/// <summary>
/// <c>sim800 simulate</c>: a virtual modem on a pseudo-terminal until Ctrl-C. The first line of its output is the device, the
/// last one its counters in JSON.
/// </summary>
internal static class SimulateVerb
{
    internal static Command Build(CliHost host)
    {
        var command = new Command("simulate", "A virtual SIM800, or an LTE module, on a pseudo-terminal, with what can go wrong on a real one.");
        var options = new SimulateOptions();
        var broker = new SimulatedBrokerOptions();
        options.AddTo(command);
        broker.AddTo(command);
        command.Runs(host, (result, cancellationToken) => (options.ListsFaults(result), options.Replay(result), options.Device(result)) switch
        {
            (true, _, _) => ListFaultsAsync(host),
            (_, not null, not null) => throw new UsageException("--replay and --device are two different modems: give one of them."),
            (_, { } transcript, _) => OtherModems.ReplayAsync(host, options, result, transcript, cancellationToken),
            (_, _, { } device) => OtherModems.RelayAsync(host, options, result, device, cancellationToken),
            _ => RunAsync(host, options, broker, result, cancellationToken),
        });
        return command;
    }

    private static async Task<int> ListFaultsAsync(CliHost host)
    {
        foreach (var fault in FaultCatalogue.All)
        {
            var argument = fault.Argument == FaultArgument.None ? string.Empty : $"={fault.Default}";
            await host.WriteLineAsync($"{fault.Name + argument,-28} {fault.Effect}").ConfigureAwait(false);
        }

        return ExitCode.Success;
    }

    private static async Task<int> RunAsync(
        CliHost host, SimulateOptions options, SimulatedBrokerOptions brokerOptions, ParseResult result, CancellationToken cancellationToken)
    {
        var broker = brokerOptions.Start(result);
        try
        {
            var maps = broker is null ? Array.Empty<string>() : [brokerOptions.Map(result, broker)];
            using var recorder = OpenRecorder(host, options.Log(result));
            var modem = VirtualModem.OnPseudoTerminal(options.Read(result, maps) with { Recorder = recorder }, options.Link(result));
            await using (modem.ConfigureAwait(false))
            {
                await ShowAsync(host, modem, options.Model(result), maps).ConfigureAwait(false);
                await UntilCancelledAsync(cancellationToken).ConfigureAwait(false);
                await host.WriteLineAsync(modem.Counters.ToJson()).ConfigureAwait(false);
                return ExitCode.Success;
            }
        }
        finally
        {
            if (broker is not null)
            {
                await broker.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task ShowAsync(CliHost host, VirtualModem modem, VirtualModemModel model, string[] maps)
    {
        await host.WriteLineAsync(modem.DevicePath).ConfigureAwait(false);
        foreach (var map in maps)
        {
            await host.Error.WriteLineAsync($"broker    {map}").ConfigureAwait(false);
        }

        await host.Error.WriteLineAsync($"modem     a virtual {model} on {modem.DevicePath}; Ctrl-C ends it").ConfigureAwait(false);
    }

    internal static TranscriptRecorder? OpenRecorder(CliHost host, string? path) => path switch
    {
        null => null,
        "-" => new TranscriptRecorder(TextWriter.Synchronized(host.Error)),
        _ => TranscriptRecorder.ToFile(path),
    };

    internal static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var registration = cancellationToken.Register(cancelled.SetResult);
        await using (registration.ConfigureAwait(false))
        {
            await cancelled.Task.ConfigureAwait(false);
        }
    }
}
