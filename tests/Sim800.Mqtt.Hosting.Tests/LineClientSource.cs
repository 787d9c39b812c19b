using Sim800.Simulator;

namespace Sim800.Mqtt.Hosting.Tests;

/// <summary>Begins the client on a virtual modem in memory, with a broker behind it.</summary>
internal sealed class LineClientSource : IClientSource, IAsyncDisposable
{
    private readonly InMemoryNetwork _network = new();

    internal LineClientSource()
    {
        _network.Serve("broker.test", 1883, (pipe, cancellationToken) => Broker.ServeAsync(pipe, cancellationToken));
        Modem = VirtualModem.Create(new VirtualModemOptions
        {
            BaudRate = 921_600,
            CommandDelay = TimeSpan.Zero,
            RegistrationTime = TimeSpan.Zero,
            Network = _network,
        });
    }

    internal LoopbackBroker Broker { get; } = LoopbackBroker.Start(
        new LoopbackBrokerOptions { Listen = false, UserName = "u", Password = "p" });

    internal VirtualModem Modem { get; }

    internal int Starts { get; private set; }

    public Sim800MqttClient Start(Sim800MqttHostOptions host, Sim800MqttClientOptions options)
    {
        Starts++;
        return Sim800MqttClient.Start(Modem.Line, options);
    }

    public async ValueTask DisposeAsync()
    {
        await Modem.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
