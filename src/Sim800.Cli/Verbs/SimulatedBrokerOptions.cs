using System.CommandLine;
using System.Globalization;
using Sim800.Simulator;

namespace Sim800.Cli.Verbs;

/// <summary>The loopback broker beside the virtual modem of <c>simulate</c>.</summary>
internal sealed class SimulatedBrokerOptions
{
    private const int TlsPort = 8883;
    private const int PlainPort = 1883;

    private readonly Option<bool> _broker = new("--broker")
    {
        Description = "Start a loopback broker too, with TLS that demands the server name; broker.example.com:8883 leads to it.",
    };

    private readonly Option<string> _name = new("--broker-name")
    {
        Description = "The host name of its certificate.",
        HelpName = "HOST",
        DefaultValueFactory = _ => "broker.example.com",
    };

    private readonly Option<string?> _user = new("--broker-user") { Description = "The user name it demands.", HelpName = "NAME" };

    private readonly Option<string?> _password = new("--broker-password") { Description = "The password it demands.", HelpName = "TEXT" };

    private readonly Option<string?> _authority = new("--broker-cafile")
    {
        Description = "Write the certificate to trust to this file.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _plain = new("--broker-no-tls") { Description = "Without TLS, on port 1883." };

    internal void AddTo(Command command)
    {
        Option[] all = [_broker, _name, _user, _password, _authority, _plain];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    internal LoopbackBroker? Start(ParseResult result)
    {
        if (!result.GetValue(_broker))
        {
            return null;
        }

        var tls = !result.GetValue(_plain);
        var broker = LoopbackBroker.Start(new LoopbackBrokerOptions
        {
            Tls = tls,
            RequireSni = tls,
            ServerNames = [result.GetValue(_name)!],
            UserName = result.GetValue(_user),
            Password = result.GetValue(_password),
        });
        if (tls && result.GetValue(_authority) is { } file)
        {
            File.WriteAllText(file, broker.CertificateAuthorityPem);
        }

        return broker;
    }

    /// <summary>How the virtual modem gets there, as <c>--map</c> has it.</summary>
    internal string Map(ParseResult result, LoopbackBroker broker) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.GetValue(_name)}:{(result.GetValue(_plain) ? PlainPort : TlsPort)}=127.0.0.1:{broker.Port}");
}
