using System.CommandLine;
using System.Globalization;

namespace Sim800.Cli.Options;

/// <summary>The options of a verb that speaks to a broker, spelled as in mosquitto_pub and mosquitto_sub.</summary>
internal sealed class BrokerOptions
{
    private const int DefaultTlsPort = 8883;
    private const int DefaultPlainPort = 1883;

    private readonly TlsOptions _tls = new();
    private readonly WillOptions _will = new();
    private readonly MosquittoOptions _mosquitto = new();

    private readonly Option<string?> _host = new("--host", "-h")
    {
        Description = "Name or address of the broker (SIM800_HOST).",
        HelpName = "HOST",
    };

    private readonly Option<int?> _port = new("--port", "-p")
    {
        Description = "Port of the broker: 8883 by default, 1883 with --no-tls. TLS is on for 8883, 8884, 8084 and 443.",
        HelpName = "PORT",
    };

    private readonly Option<string?> _url = new("--url", "-L")
    {
        Description = "All of that at once: mqtts://user:password@host:port/topic.",
        HelpName = "URL",
    };

    private readonly Option<string?> _user = new("--username", "-u")
    {
        Description = "User name (SIM800_USER).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _password = new("--pw", "-P")
    {
        Description = "Password (SIM800_PASSWORD, which other users of this machine do not see).",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _id = new("--id", "-i")
    {
        Description = "Client identifier; the broker gives one by default.",
        HelpName = "ID",
    };

    private readonly Option<string?> _idPrefix = new("--id-prefix", "-I")
    {
        Description = "The client identifier is this text and the number of the process.",
        HelpName = "TEXT",
    };

    private readonly Option<int?> _keepAlive = new("--keepalive", "-k")
    {
        Description = "Keep-alive, 1 to 65535 seconds, or 0 for none; 300 by default, because each costs money.",
        HelpName = "SECONDS",
    };

    private readonly Option<int?> _inFlight = new("-M")
    {
        Description = "Messages of QoS 1 and 2 under way at a time, 1 to 32767.",
        HelpName = "COUNT",
    };

    private readonly Option<bool> _controlCharacters = new("--control-characters")
    {
        Description = "Send topics with control characters too, on which mosquitto and others hang up.",
    };

    private readonly Option<bool> _webSocket = new("--ws")
    {
        Description = "MQTT in a WebSocket, resource /mqtt, where the broker serves that on ports such as 8884, 443 and 8083.",
    };

    private readonly Option<bool> _persistent = new("--disable-clean-session", "-c")
    {
        Description = "The broker keeps the session: subscriptions, and messages while we are away. Needs -i.",
    };

    internal void AddTo(Command command)
    {
        Option[] all = [_host, _port, _url, _user, _password, _id, _idPrefix, _keepAlive, _inFlight, _webSocket, _persistent, _controlCharacters];
        foreach (var option in all)
        {
            command.Add(option);
        }

        _will.AddTo(command);
        _tls.AddTo(command);
        _mosquitto.AddTo(command);
    }

    /// <summary>Whether topics with control characters are sent.</summary>
    internal bool AllowsControlCharacters(ParseResult result) => result.GetValue(_controlCharacters);

    /// <summary>The topic of <c>-L</c>.</summary>
    internal string? TopicOfUrl(ParseResult result) => Url(result)?.Topic;

    /// <summary><c>null</c> when no broker is named.</summary>
    internal BrokerSettings? ReadIfGiven(ParseResult result, CliHost host) =>
        (result.GetValue(_host) ?? result.GetValue(_url) ?? Variable(host, "SIM800_HOST")) is null ? null : Read(result, host);

    /// <exception cref="UsageException">There is no broker, or a value cannot be meant.</exception>
    internal BrokerSettings Read(ParseResult result, CliHost host)
    {
        _mosquitto.Check(result);
        var url = Url(result);
        var tls = _tls.Read(result, host);
        var wanted = _tls.ReadSwitch(result) ?? url?.IsTls ?? (tls.IsAsked ? true : null);
        var settings = new BrokerSettings
        {
            Host = (result.GetValue(_host) ?? url?.Host ?? Variable(host, "SIM800_HOST")) is { Length: > 0 } name
                ? HostName.Check(name)
                : throw new UsageException("No broker is named: give -h HOST, -L URL or set SIM800_HOST."),
            Port = Port(result) ?? url?.Port ?? (wanted is false ? DefaultPlainPort : DefaultTlsPort),
            UseTls = wanted,
            UseWebSocket = result.GetValue(_webSocket),
            UserName = result.GetValue(_user) ?? url?.UserName ?? Variable(host, "SIM800_USER"),
            Password = result.GetValue(_password) ?? url?.Password ?? Variable(host, "SIM800_PASSWORD"),
            ClientId = ClientId(result),
            KeepAlive = KeepAlive(result),
            MaxInFlight = InFlight(result),
            CleanSession = !result.GetValue(_persistent),
            AllowControlCharacters = AllowsControlCharacters(result),
            Tls = tls,
            Will = _will.Read(result),
        };
        return settings is { Password: not null, UserName: null }
            ? throw new UsageException("A password goes with a user name: give -u with -P.")
            : settings;
    }

    private string? ClientId(ParseResult result)
    {
        var (id, prefix) = (result.GetValue(_id), result.GetValue(_idPrefix));
        if (id is not null && prefix is not null)
        {
            throw new UsageException("-i and -I exclude each other.");
        }

        if (result.GetValue(_persistent) && string.IsNullOrEmpty(id))
        {
            throw new UsageException("A session that is kept needs a name that stays: give -i with -c.");
        }

        if (id is "")
        {
            throw new UsageException("-i takes at least one character; without it the broker gives a name.");
        }

        return prefix is null ? id : prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
    }

    private int? InFlight(ParseResult result) => result.GetValue(_inFlight) switch
    {
        null => null,
        >= 1 and var count => Math.Min(count, short.MaxValue),
        _ => throw new UsageException("-M takes 1 or more."),
    };

    private static string? Variable(CliHost host, string name) => host.Variable(name) is { Length: > 0 } value ? value : null;

    private BrokerUrl? Url(ParseResult result) => result.GetValue(_url) is { } text ? BrokerUrl.Parse(text) : null;

    private int? Port(ParseResult result) => result.GetValue(_port) switch
    {
        null => null,
        >= 1 and <= ushort.MaxValue and var port => port,
        _ => throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"-p takes 1 to {ushort.MaxValue}.")),
    };

    private TimeSpan? KeepAlive(ParseResult result) => result.GetValue(_keepAlive) switch
    {
        null => null,
        >= 0 and <= ushort.MaxValue and var seconds => TimeSpan.FromSeconds(seconds),
        _ => throw new UsageException("-k takes 0 to 65535 seconds."),
    };
}
