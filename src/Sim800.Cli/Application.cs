using System.CommandLine;
using System.CommandLine.Help;
using Sim800.Cli.Rendering;
using Sim800.Cli.Verbs;
using Sim800.Wording;

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
        var root = Build(host);
        try
        {
            // Without a word there is nothing to do but to show what there is; a script that lost its words must not take that for success.
            var parsed = Parse(root, arguments is [] ? ["--help"] : arguments, host);
            if (Complaint(root, parsed) is { } complaint)
            {
                throw new UsageException(complaint);
            }

            var exitCode = await InvokeAsync(parsed, host, cancellationToken).ConfigureAwait(false);
            return arguments is [] ? ExitCode.Usage : exitCode;
        }
        catch (Exception e) when (FailureText.IsExpected(e))
        {
            await host.Error.WriteLineAsync($"sim800: {FailureText.Of(e)}").ConfigureAwait(false);
            return ExitCode.Of(e);
        }
    }

    /// <returns>Why the words cannot be understood; null when they can.</returns>
    internal static string? Complaint(string[] arguments, CliHost host)
    {
        var root = Build(host);
        return Complaint(root, Parse(root, arguments, host));
    }

    private static ParseResult Parse(RootCommand root, string[] arguments, CliHost host) =>
        root.Parse(Arguments.ForParser(root, arguments, host), Literally);

    private static async Task<int> InvokeAsync(ParseResult parsed, CliHost host, CancellationToken cancellationToken)
    {
        var output = new StreamWriter(host.Output, leaveOpen: true); // buffered: a page of help in one piece, and one place where a full disk is told
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

    /// <summary>What cannot be meant, with the nearest word that can.</summary>
    private static string? Complaint(RootCommand root, ParseResult parsed)
    {
        if (parsed.Action is HelpPage || parsed.Errors.Count == 0)
        {
            return null;
        }

        var verb = parsed.CommandResult.Command;
        var page = verb == root ? "sim800 --help" : $"sim800 {verb.Name} --help";
        if (parsed.UnmatchedTokens is not [var word, ..])
        {
            return $"{parsed.Errors[0].Message} See {page}.";
        }

        var known = word.StartsWith('-')
            ? verb.Options.Concat(root.Options).SelectMany(option => option.Aliases.Prepend(option.Name))
            : verb.Subcommands.Select(command => command.Name);
        var kind = word.StartsWith('-') ? "option" : verb == root ? "verb" : "option or value";
        var where = verb == root ? "sim800" : $"sim800 {verb.Name}";
        return $"'{word}' is no {kind} of {where}.{Spelling.Hint(word.Split('=')[0], known)} See {page}.";
    }

    private static RootCommand Build(CliHost host)
    {
        var root = new RootCommand("MQTT over TLS through a SIM800-family modem on a serial line.");
        foreach (var help in root.Options.OfType<HelpOption>().ToArray())
        {
            root.Options.Remove(help);
        }

        var page = new HelpOption("--help", "-?"); // -h is the host, as in mosquitto_pub
        page.Action = new HelpPage((HelpAction)page.Action!);
        root.Add(page);
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
        MonitorVerb.Build(host),
        PubVerb.Build(host),
        SubVerb.Build(host),
        BridgeVerb.Build(host),
        AtVerb.Build(host),
        .. ServiceVerbs.Build(host),
        SimulateVerb.Build(host),
        CompletionVerb.Build(host),
    ];
}
