using Sim800.Simulator;

namespace Quickstart;

/// <summary>
/// What the demonstration runs against: a virtual SIM800 on a pseudo-terminal, and a broker on the loopback interface that
/// demands TLS, the server name, user and password as a HiveMQ Cloud cluster does.
/// </summary>
internal sealed class DemoStand : IAsyncDisposable
{
    internal const string Host = "broker.example.com";
    internal const int Port = 8883;
    internal const string User = "greenhouse";
    internal const string Password = "correct horse";
    internal const string Apn = "internet";

    private readonly LoopbackBroker _broker;
    private readonly VirtualModem _modem;

    internal DemoStand()
    {
        _broker = LoopbackBroker.Start(new LoopbackBrokerOptions
        {
            Tls = true,
            RequireSni = true,
            ServerNames = [Host],
            UserName = User,
            Password = Password,
        });
        _modem = VirtualModem.OnPseudoTerminal(new VirtualModemOptions
        {
            BaudRate = 115_200,
            RoundTripTime = TimeSpan.FromMilliseconds(600),
            Apn = Apn,
            Network = new SocketNetwork(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [$"{Host}:{Port}"] = $"127.0.0.1:{_broker.Port}" }),
        });
    }

    internal string DevicePath => _modem.DevicePath;

    internal string AuthorityPem => _broker.CertificateAuthorityPem;

    public async ValueTask DisposeAsync()
    {
        await _modem.DisposeAsync();
        await _broker.DisposeAsync();
    }
}
