using System.CommandLine;
using System.Globalization;

namespace Sim800.Cli.Options;

/// <summary>The options of mosquitto_pub and mosquitto_sub that change nothing here, or that cannot be had.</summary>
internal sealed class MosquittoOptions
{
    private const string Version5 = "it belongs to MQTT 5, and this is MQTT 3.1.1.";

    private readonly Option<bool> _noDelay = new("--nodelay") { Description = "No effect: nothing waits for more bytes to be sent with." };

    private readonly Option<string?> _expiry = new("-x")
    {
        Description = "No effect, as in mosquitto with MQTT 3.1.1: seconds that a session of MQTT 5 is kept.",
        HelpName = "SECONDS",
    };

    private readonly Option<string?> _version = new("--protocol-version", "-V")
    {
        Description = "mqttv311 or 311; the versions 5 and 3.1 are refused.",
        HelpName = "VERSION",
    };

    private readonly RefusedOption[] _refused =
    [
        new("-A", string.Empty, "ADDRESS", "the modem has one address, which the operator gives it."),
        new("--property", "-D", "COMMAND IDENTIFIER VALUE", Version5),
        new("--proxy", string.Empty, "URL", "the modem connects by itself; 'sim800 bridge --socks' is a proxy for others."),
        new("-S", string.Empty, string.Empty, "the modem resolves host names alone and asks for no SRV records: give the host with -h and the port with -p."),
        new("--unix", string.Empty, "PATH", "the modem reaches no socket of this machine."),
    ];

    internal MosquittoOptions() => _version.CompletionSources.Add("mqttv311", "311");

    internal void AddTo(Command command)
    {
        command.Add(_version);
        command.Add(_expiry);
        command.Add(_noDelay);
        Array.ForEach(_refused, command.Add);
    }

    /// <exception cref="UsageException">Another version of MQTT is asked for, or the interval is no number.</exception>
    internal void Check(ParseResult result)
    {
        if (result.GetValue(_version) is { } version && version is not ("mqttv311" or "311"))
        {
            throw new UsageException(version is "mqttv5" or "5" or "mqttv31" or "31"
                ? $"-V {version} is refused: this is MQTT 3.1.1 alone, which brokers of version 5 speak too. Leave -V out."
                : "-V takes mqttv311 or 311.");
        }

        if (result.GetValue(_expiry) is { } expiry && expiry is not "∞"
            && !(long.TryParse(expiry, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && seconds is >= -1 and <= uint.MaxValue))
        {
            throw new UsageException("-x takes 0 to 4294967294 seconds, or -1, 4294967295 or ∞ for ever; it has no effect with MQTT 3.1.1.");
        }
    }
}
