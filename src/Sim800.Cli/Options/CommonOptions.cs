using System.CommandLine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Cli.Rendering;
using Sim800.Cli.Timeline;

namespace Sim800.Cli.Options;

/// <summary>What every verb with a modem can be told about its own talking.</summary>
internal sealed class CommonOptions
{
    private readonly Option<bool> _quiet = new("--quiet") { Description = "No progress on standard error, complaints only." };

    private readonly Option<bool> _debug = new("--debug", "-d") { Description = "The log of all layers on standard error, without secrets and payloads (mosquitto's names the packets, on standard output)." };

    private readonly TimelineOption _timeline = new();

    internal void AddTo(Command command)
    {
        command.Add(_quiet);
        command.Add(_debug);
        _timeline.AddTo(command);
    }

    internal StagePrinter Printer(ParseResult result, CliHost host) => new(host, result.GetValue(_quiet));

    /// <inheritdoc cref="TimelineOption.Open"/>
    internal TimelineFile? Timeline(ParseResult result, CliHost host, LineSettings line) => _timeline.Open(result, host, line);

    internal ILoggerFactory Log(ParseResult result, CliHost host) =>
        result.GetValue(_debug) ? new StderrLoggerFactory(host, LogLevel.Debug) : NullLoggerFactory.Instance;
}
