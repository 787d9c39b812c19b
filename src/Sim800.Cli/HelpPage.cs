using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sim800.Cli;

/// <summary>The page of <c>--help</c>, with examples behind the options.</summary>
internal sealed class HelpPage(HelpAction options) : SynchronousCommandLineAction
{
    private const string To = "sim800 VERB --help tells the options of a verb.";

    /// <summary>Of each verb, with what it does first.</summary>
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["info"] = ["sim800 info --device /dev/ttyUSB0", "sim800 info --device /dev/ttyUSB0 --quiet --json"],
        ["doctor"] = ["sim800 doctor --device /dev/ttyUSB0 --apn internet -h broker.example.com"],
        ["pub"] =
        [
            "sim800 pub --device /dev/ttyUSB0 -h broker.example.com -t greenhouse/7/temperature -m 21.5 -q 1",
            "printf '21.5\\n21.6\\n' | sim800 pub -h broker.example.com -t greenhouse/7/temperature -q 1 -l",
            "sim800 pub -L mqtts://user:password@broker.example.com/greenhouse/7/picture -f picture.jpg -r",
        ],
        ["sub"] =
        [
            "sim800 sub --device /dev/ttyUSB0 -h broker.example.com -t 'greenhouse/#' -v",
            "sim800 sub -h broker.example.com -t 'greenhouse/+/state' -q 1 -c -i display -C 10 -F '@H:@M:@S %-30t %p'",
            "sim800 sub -h broker.example.com -t 'greenhouse/#' -T 'greenhouse/+/raw' -F %j -W 60",
        ],
        ["bridge"] =
        [
            "sim800 bridge --device /dev/ttyUSB0 --to broker.example.com:8883 --tls --listen 127.0.0.1:1883",
            "sim800 bridge --device /dev/ttyUSB0 --socks --listen 127.0.0.1:1080",
        ],
        ["at"] = ["sim800 at --device /dev/ttyUSB0 AT+CSQ 'AT+COPS?'"],
        ["sms"] = ["sim800 sms list --device /dev/ttyUSB0"],
        ["list"] = ["sim800 sms list --device /dev/ttyUSB0"],
        ["delete"] = ["sim800 sms delete --device /dev/ttyUSB0 3 ME:7"],
        ["send"] = ["sim800 sms send --device /dev/ttyUSB0 +491701234567 'Pump 3 is on'"],
        ["ussd"] = ["sim800 ussd --device /dev/ttyUSB0 '*100#'"],
        ["location"] = ["sim800 location --device /dev/ttyUSB0 --apn internet"],
        ["simulate"] = ["sim800 simulate --link modem0 --rtt 600 --broker", "sim800 simulate --fault list"],
        ["ports"] = ["sim800 ports"],
        ["completion"] = ["source <(sim800 completion bash)"],
    };

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = options.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        var lines = LinesOf(command);
        if (lines.Length > 0)
        {
            output.WriteLine("Examples:");
            foreach (var line in lines)
            {
                output.WriteLine(line.Length > 0 ? $"  {line}" : line);
            }
        }

        return exitCode;
    }

    private static string[] LinesOf(Command command) => command is RootCommand
        ? [.. command.Subcommands.Select(verb => Examples.TryGetValue(verb.Name, out var of) ? of[0] : $"sim800 {verb.Name} --help"), string.Empty, To]
        : Examples.TryGetValue(command.Name, out var all) ? all : [];
}
