using System.CommandLine;
using System.Text.Json.Nodes;
using Sim800.Cli.Diagnosis;
using Sim800.Cli.Options;
using Sim800.Modem;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 ports</c>: the serial devices of this machine, and which of them answers AT.</summary>
internal static class PortsVerb
{
    /// <summary>A modem answers the first AT or one of the next rates' within this; whoever is silent so long is none.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(8);

    internal static Command Build(CliHost host)
    {
        var command = new Command("ports", "Serial devices of this machine, and which of them answers AT.");
        var named = new Argument<string[]>("device") { Description = "Devices to ask; all of this machine when none is named.", Arity = ArgumentArity.ZeroOrMore };
        var list = new Option<bool>("--list") { Description = "Only list the devices: open none and send nothing." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line." };
        var common = new CommonOptions();
        command.Add(named);
        command.Add(list);
        command.Add(json);
        common.AddTo(command);
        command.Runs(host, async (result, cancellationToken) =>
        {
            using var log = common.Log(result, host);
            var devices = Chosen(result.GetValue(named) ?? []);
            var options = new ModemOptions { LoggerFactory = log, TimeProvider = host.TimeProvider, OpenUntil = Sim800Stage.Modem };
            var answers = result.GetValue(list)
                ? devices.Select(_ => Task.FromResult<string?>(null)).ToArray()
                : devices.Select(device => AskAsync(device.Path, options, host.TimeProvider, cancellationToken)).ToArray();
            for (var i = 0; i < devices.Count; i++) // all are asked at once, and told in order
            {
                await host.WriteLineAsync(Line(devices[i], await answers[i].ConfigureAwait(false), result.GetValue(json))).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static IReadOnlyList<SerialDevice> Chosen(string[] named)
    {
        var present = SerialDevices.List();
        return (named.Length, present.Count) switch
        {
            ( > 0, _) => [.. named.Select(path => present.FirstOrDefault(device => string.Equals(device.Path, path, StringComparison.Ordinal)) ?? new SerialDevice(path, null, null))],
            (_, > 0) => present,
            _ => throw new IOException(
                "This machine has no serial device: plug in the adapter; on a Raspberry Pi switch the serial port on with raspi-config."),
        };
    }

    internal static string Line(SerialDevice device, string? answer, bool json) => json
        ? new JsonObject
        {
            ["device"] = device.Path,
            ["adapter"] = device.Description,
            ["stable"] = device.StablePath,
            ["answer"] = answer,
        }.ToJsonString()
        : string.Join("  ", new[] { device.Path, answer, device.Description, device.StablePath }.OfType<string>());

    /// <summary>Who is there, or why that cannot be told.</summary>
    private static async Task<string?> AskAsync(string device, ModemOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(AnswerTime, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var modem = await CellularModem.OpenAsync(device, options, end.Token).ConfigureAwait(false);
            await using (modem.ConfigureAwait(false))
            {
                return await IdentityAsync(modem, end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer";
        }
        catch (SerialPortException e)
        {
            return e.Reason switch
            {
                SerialPortReason.Busy => "in use",
                SerialPortReason.AccessDenied => "not allowed",
                SerialPortReason.NotFound or SerialPortReason.Unplugged => "not there",
                _ => "no serial port",
            };
        }
        catch (ModemException e)
        {
            return e is AtTimeoutException ? "no answer" : "answers AT: " + e.Happened;
        }
    }

    private static async Task<string> IdentityAsync(CellularModem modem, CancellationToken cancellationToken)
    {
        try
        {
            var identity = await modem.ReadIdentityAsync(cancellationToken).ConfigureAwait(false);
            return string.Join(" ", new[] { "answers AT:", identity.Manufacturer, identity.Model }.OfType<string>());
        }
        catch (ModemException)
        {
            return "answers AT";
        }
    }
}
