using System.CommandLine;
using System.CommandLine.Help;

using Sim800.Cli.Verbs;

namespace Sim800.Cli;

/// <summary>The tool: understands the command line, runs one verb, and turns whatever goes wrong into one sentence.</summary>
internal static class Application
{
    /// <summary>What a verb has after Ctrl-C to say goodbye over a slow line.</summary>
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(20);

    /// <summary>A payload or a password may begin with <c>@</c> or <c>-</c>.</summary>
    private static readonly ParserConfiguration Literally = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    internal static async Task<int> RunAsync(string[] arguments, CliHost host, CancellationToken cancellationToken)
    {
        var parsed = Build(host).Parse(arguments, Literally);
        if (parsed.Action is not HelpAction && parsed.Errors.Count > 0)
        {
            await host.Error.WriteLineAsync($"sim800: {parsed.Errors[0].Message} See sim800 --help.").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        var output = new StreamWriter(host.Output, leaveOpen: true) { AutoFlush = true };
        await using (output.ConfigureAwait(false))
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = GoodbyeTime,
                Output = output,
                Error = host.Error,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RootCommand Build(CliHost host)
    {
        var root = new RootCommand("MQTT over TLS through a SIM800-family modem on a serial line.");
        foreach (var help in root.Options.OfType<HelpOption>().ToArray())
        {
            root.Options.Remove(help);
        }

        root.Add(new HelpOption("--help", "-?")); // -h is the host, as in mosquitto_pub
        foreach (var verb in Verbs(host))
        {
            root.Add(verb);
        }

        return root;
    }

    private static IEnumerable<Command> Verbs(CliHost host) =>
    [
        PortsVerb.Build(host),
        InfoVerb.Build(host),
        DoctorVerb.Build(host),
        PubVerb.Build(host),
        SubVerb.Build(host),
        BridgeVerb.Build(host),
        AtVerb.Build(host),
        .. ServiceVerbs.Build(host),
        SimulateVerb.Build(host),
    ];
}
