using Sim800.Mqtt;

namespace Sim800.Cli.Verbs;

/// <summary>Publishes what <c>pub</c> was asked to, with many messages on the way at once.</summary>
internal sealed class Publisher(Sim800MqttClient client, PubRequest request, TimeProvider clock)
{
    /// <summary>Enough to keep a slow line busy over a round trip, few enough to hold in memory.</summary>
    private const int Window = 64;

    private readonly Queue<Task> _underWay = [];

    internal long Published { get; private set; }

    internal long Acknowledged { get; private set; }

    /// <param name="payload">The payload; <c>null</c> takes the lines of <paramref name="input"/>.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <exception cref="MqttException">A message could not be delivered.</exception>
    internal async Task RunAsync(ReadOnlyMemory<byte>? payload, Stream input, CancellationToken cancellationToken)
    {
        if (payload is null)
        {
            await foreach (var line in PubMessages.LinesAsync(input, cancellationToken).ConfigureAwait(false))
            {
                await PublishAsync(line, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            await RepeatAsync(payload.Value, cancellationToken).ConfigureAwait(false);
        }

        await DrainAsync(0).ConfigureAwait(false);
        if (request.QoS == 0)
        {
            await client.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RepeatAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        for (var i = 0; i < request.Repeat; i++)
        {
            if (i > 0 && request.RepeatDelay > TimeSpan.Zero)
            {
                await Task.Delay(request.RepeatDelay, clock, cancellationToken).ConfigureAwait(false);
            }

            await PublishAsync(payload, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PublishAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await DrainAsync(Window - 1).ConfigureAwait(false);
        _underWay.Enqueue(client.PublishAsync(request.Topic, payload, (MqttQoS)request.QoS, request.Retain, cancellationToken).AsTask());
        Published++;
    }

    /// <summary>Waits for the oldest until no more than <paramref name="most"/> are under way.</summary>
    private async Task DrainAsync(int most)
    {
        while (_underWay.Count > most)
        {
            await _underWay.Dequeue().ConfigureAwait(false);
            Acknowledged++;
        }
    }
}
