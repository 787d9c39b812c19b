using Microsoft.Extensions.Options;

namespace Sim800.Mqtt.Hosting;

/// <summary>The one client of a host, begun at first use.</summary>
internal sealed class ClientHolder(IServiceProvider services, IOptions<Sim800MqttHostOptions> options, IClientSource source) : IAsyncDisposable
{
    private readonly Lazy<Sim800MqttClient> _client =
        new(() => source.Start(options.Value, ClientOptionsFactory.Create(services, options.Value)));

    internal Sim800MqttClient Client => _client.Value;

    public async ValueTask DisposeAsync()
    {
        if (_client.IsValueCreated)
        {
            await _client.Value.DisposeAsync().ConfigureAwait(false);
        }
    }
}
