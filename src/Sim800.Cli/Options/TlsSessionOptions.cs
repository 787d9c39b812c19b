using System.CommandLine;

namespace Sim800.Cli.Options;

/// <summary>Where TLS sessions are kept from one run to the next.</summary>
internal sealed class TlsSessionOptions
{
    private const string Variable = "SIM800_TLS_SESSIONS";

    private readonly Option<string?> _folder = new("--tls-sessions")
    {
        Description = $"Keep TLS sessions in this folder, so that the next run resumes ({Variable}). Its files open recordings.",
        HelpName = "FOLDER",
    };

    internal void AddTo(Command command) => command.Add(_folder);

    /// <summary>Adds the folder to what is known of the broker.</summary>
    /// <exception cref="UsageException">There is no session to keep, or the folder is a file.</exception>
    internal BrokerSettings Complete(BrokerSettings broker, ParseResult result, CliHost host)
    {
        var canKeep = broker.UseTls is not false && broker.Tls is { IsPlatform: false, PreSharedKey: null };
        if (result.GetValue(_folder) is not { } folder)
        {
            // The variable is there for every run, so it gives way where the option would be a mistake.
            return canKeep && host.Variable(Variable) is { Length: > 0 } usual
                ? broker with { Tls = broker.Tls with { SessionFolder = Checked(usual) } }
                : broker;
        }

        return canKeep
            ? broker with { UseTls = true, Tls = broker.Tls with { SessionFolder = Checked(folder) } }
            : throw new UsageException("--tls-sessions needs TLS with certificates and --tls-engine bouncycastle.");
    }

    private static string Checked(string folder) => folder.Length > 0 && !folder.Contains('\0', StringComparison.Ordinal) && !File.Exists(folder)
        ? folder
        : throw new UsageException("--tls-sessions takes a folder, which need not exist yet.");
}
