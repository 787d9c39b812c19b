using System.CommandLine;
using Sim800.Files;
using Sim800.Simulator;

namespace Sim800.Cli.Verbs;

/// <summary>Modems <c>simulate</c> puts on its pseudo-terminal in place of the virtual one: that of a transcript, or a real one.</summary>
internal static class OtherModems
{
    /// <summary>What a line of 115200 baud says in some hours.</summary>
    private const int LargestTranscript = 256 * 1024 * 1024;

    /// <summary>Ends when all has been played and the program has closed the device; fails when the program said something else.</summary>
    internal static async Task<int> ReplayAsync(
        CliHost host, SimulateOptions options, ParseResult result, string path, CancellationToken cancellationToken)
    {
        var transcript = Transcript.Parse(BoundedInput.TryReadText(path, LargestTranscript) ?? throw new UsageException($"{path} is larger than 256 MB: cut the transcript."));
        var modem = ReplayedModem.Play(transcript);
        await using (modem.ConfigureAwait(false))
        {
            var terminal = PseudoTerminalLine.Open(modem.Line, options.Link(result), options.BaudRate(result));
            await using (terminal.ConfigureAwait(false))
            {
                await ShowAsync(host, terminal, $"the modem of {path}").ConfigureAwait(false);
                await terminal.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
                await modem.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
                return ExitCode.Success;
            }
        }
    }

    /// <summary>Passes everything on, and writes it down if asked to, until Ctrl-C or until the device is gone.</summary>
    internal static async Task<int> RelayAsync(
        CliHost host, SimulateOptions options, ParseResult result, string path, CancellationToken cancellationToken)
    {
        using var recorder = SimulateVerb.OpenRecorder(host, options.Log(result));
        var rate = options.BaudRate(result);
        var device = SerialDeviceLine.Open(path, rate);
        await using (device.ConfigureAwait(false))
        {
            var terminal = PseudoTerminalLine.Open(recorder?.Tap(device) ?? device, options.Link(result), rate);
            await using (terminal.ConfigureAwait(false))
            {
                await ShowAsync(host, terminal, $"the modem on {path}").ConfigureAwait(false);
                await Task.WhenAny(terminal.Completion, SimulateVerb.UntilCancelledAsync(cancellationToken)).ConfigureAwait(false);
                return cancellationToken.IsCancellationRequested
                    ? ExitCode.Success
                    : throw new IOException($"{path} is gone: plug it in again and start anew.");
            }
        }
    }

    private static async Task ShowAsync(CliHost host, PseudoTerminalLine terminal, string modem)
    {
        await host.WriteLineAsync(terminal.DevicePath).ConfigureAwait(false);
        await host.Error.WriteLineAsync($"modem     {modem} on {terminal.DevicePath}; Ctrl-C ends it").ConfigureAwait(false);
    }
}
