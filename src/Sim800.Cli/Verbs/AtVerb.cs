using System.CommandLine;
using System.Text;
using Sim800.Cli.Diagnosis;
using Sim800.Cli.Options;
using Sim800.Cli.Rendering;
using Sim800.Modem;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 at</c>: AT commands given as arguments, or one a line of standard input.</summary>
internal static class AtVerb
{
    private const string WaitHelp =
        "Seconds to show whatever the modem says by itself after the last command. By default the reply to a command that is replied to later "
        + "(AT+CUSD, AT+CNTP, AT+CIPSTART) is waited for, up to 30 s, and nothing else.";

    internal static Command Build(CliHost host)
    {
        var command = new Command("at", "Send AT commands; without any, read them from standard input.");
        var line = new LineOptions();
        var common = new CommonOptions();
        var commands = new Argument<string[]>("commands") { Description = "Such as AT+CSQ.", Arity = ArgumentArity.ZeroOrMore };
        var timeout = new Option<double?>("--timeout") { Description = "Seconds a command may take, 60 by default.", HelpName = "SECONDS" };
        var wait = new Option<double?>("--wait") { Description = WaitHelp, HelpName = "SECONDS" };
        command.Add(commands);
        command.Add(timeout);
        command.Add(wait);
        line.AddTo(command);
        common.AddTo(command);
        command.Runs(host, async (result, cancellationToken) =>
        {
            using var log = common.Log(result, host);
            var settings = line.Read(result, host);
            var printer = common.Printer(result, host);
            var limit = result.Seconds(timeout, most: 3600);
            var news = new ModemNews(host, result.Seconds(wait, most: 86_400));
            using var page = common.Timeline(result, host, settings);
            var options = Composition.Modem(settings, host, log, printer, new SupplyWatch(printer.Warn)).Drawn(page) with
            {
                OpenUntil = Sim800Stage.Modem,
                Unsolicited = news,
            };
            var modem = await CellularModem.OpenAsync(settings.Device, options, cancellationToken).ConfigureAwait(false);
            await using (modem.ConfigureAwait(false))
            {
                var dialogue = new AtDialogue(modem, host, limit, news);
                var exitCode = result.GetValue(commands) is { Length: > 0 } given
                    ? await dialogue.RunAsync(given, cancellationToken).ConfigureAwait(false)
                    : await dialogue.RunAsync(host.Input, cancellationToken).ConfigureAwait(false);
                await news.WaitAsync(cancellationToken).ConfigureAwait(false);
                return exitCode;
            }
        });
        return command;
    }

    /// <summary>Questions and answers, until one fails or there are no more.</summary>
    private sealed class AtDialogue(CellularModem modem, CliHost host, TimeSpan? timeout, ModemNews news)
    {
        /// <summary>How long what the modem says by itself may wait for the answer to a command.</summary>
        private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(500);

        internal async Task<int> RunAsync(string[] commands, CancellationToken cancellationToken)
        {
            foreach (var command in commands)
            {
                if (!await AskAsync(command, cancellationToken).ConfigureAwait(false))
                {
                    return ExitCode.Failure;
                }
            }

            return ExitCode.Success;
        }

        /// <summary>A person who mistypes goes on; the exit code is that of the last command.</summary>
        internal async Task<int> RunAsync(Stream input, CancellationToken cancellationToken)
        {
            var isGood = true;
            await PromptAsync().ConfigureAwait(false);
            await foreach (var line in PubMessages.LinesAsync(input, cancellationToken).ConfigureAwait(false))
            {
                if (Encoding.UTF8.GetString(line.Span).Trim() is { Length: > 0 } command)
                {
                    isGood = await AskAsync(command, cancellationToken).ConfigureAwait(false);
                }

                await PromptAsync().ConfigureAwait(false);
            }

            return isGood ? ExitCode.Success : ExitCode.Failure;
        }

        private Task PromptAsync() => host.IsInteractive ? host.Error.WriteAsync("> ") : Task.CompletedTask;

        private async Task<bool> AskAsync(string command, CancellationToken cancellationToken)
        {
            news.Ask(command);
            try
            {
                var asking = modem.SendCommandAsync(command, timeout, cancellationToken);
                while (await Task.WhenAny(asking, Task.Delay(CatchUp, host.TimeProvider, cancellationToken)).ConfigureAwait(false) != asking)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    news.Catch();
                }

                var reply = await asking.ConfigureAwait(false);
                news.Show([.. reply.Information, reply.Result]);
                return true;
            }
            catch (Exception e) when (e is AtCommandException or ArgumentException)
            {
                news.Forget();
                await host.Error.WriteLineAsync($"sim800: {FailureText.Of(e)}").ConfigureAwait(false);
                return false;
            }
        }
    }
}
