using Sim800.Cli.Rendering;
using Sim800.Mqtt;

namespace Sim800.Cli.Verbs;

/// <summary>Prints what comes until there is enough, the time is over or Ctrl-C.</summary>
internal sealed class Subscriber(Sim800MqttClient client, SubRequest request, CliHost host, StagePrinter printer)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _clearing = [];
    private int _taken;
    private bool _isOver = request.EndsWithGrant;

    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var subscription = await SubscribeAsync(request.Filters, cancellationToken).ConfigureAwait(false);
        foreach (var (filter, qos) in subscription.Filters)
        {
            printer.Say($"subscribed to {filter} at QoS {(int)qos}");
        }

        try
        {
            if (request.Forgotten.Count > 0)
            {
                await client.UnsubscribeAsync(request.Forgotten, cancellationToken).ConfigureAwait(false);
                printer.Say($"unsubscribed from {string.Join(", ", request.Forgotten)}");
            }

            if (request.EndsWithGrant)
            {
                return ExitCode.Success;
            }

            var ended = await Task.WhenAny(_enough.Task, client.Completion)
                .WaitAsync(request.Wait ?? Timeout.InfiniteTimeSpan, host.TimeProvider, cancellationToken)
                .ConfigureAwait(false);
            await ended.ConfigureAwait(false); // with its reason, if the client has ended
            await Task.WhenAll(Clearing()).WaitAsync(cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (TimeoutException)
        {
            printer.Say("the time given with -W is over");
            return ExitCode.TimedOut;
        }
    }

    /// <summary>As in mosquitto_sub, filters that the broker refuses are a warning as long as it grants another one.</summary>
    private async Task<IMqttSubscription> SubscribeAsync(IReadOnlyCollection<string> filters, CancellationToken cancellationToken)
    {
        var options = new MqttSubscribeOptions
        {
            UnsubscribeOnDispose = !request.IsPersistent,
            Handler = TakeAsync,
            TakesUnmatched = request.TakesUnmatched,
            Topics = request.StandsFor.Count > 0 ? [.. filters, .. request.StandsFor] : null,
        };
        try
        {
            return await client.SubscribeAsync([.. filters.Select(filter => new MqttTopicFilter(filter, (MqttQoS)request.QoS))], options, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MqttSubscribeRefusedException e) when (filters.Except(e.Filters, StringComparer.Ordinal).ToArray() is { Length: > 0 } granted)
        {
            printer.Warn(FailureText.Of(e));
            return await SubscribeAsync(granted, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        if (!TryTakeOrEnd(message))
        {
            // Not ours any more: left unacknowledged, it stays with the broker if that keeps the session.
            await Task.Delay(Timeout.InfiniteTimeSpan, host.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool TryTakeOrEnd(MqttMessage message)
    {
        try
        {
            return TryTake(message);
        }
        catch (IOException e)
        {
            _enough.TrySetException(new IOException($"Standard output takes no more: {e.Message}.", e));
            return false;
        }
    }

    private bool TryTake(MqttMessage message)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            if (request.IsRetainedOnly && !message.Retain)
            {
                End();
            }
            else if (!(request.SkipsRetained && message.Retain) && !request.Unwanted.Any(filter => filter.IsMatch(message.Topic)))
            {
                TakeWanted(message);
            }

            return true;
        }
    }

    private void TakeWanted(MqttMessage message)
    {
        if (request.ClearsRetained && message.Retain)
        {
            _clearing.Add(client.PublishAsync(new MqttMessage(message.Topic, ReadOnlyMemory<byte>.Empty, MqttQoS.AtLeastOnce, retain: true)).AsTask());
        }

#pragma warning disable CA5394 // a sample, not a secret
        if (request.PrintedPerMille >= 1000 || Random.Shared.Next(1000) < request.PrintedPerMille)
#pragma warning restore CA5394
        {
            Print(message);
        }

        if (++_taken == request.Count)
        {
            End();
        }
    }

    private void End()
    {
        _isOver = true;
        _enough.TrySetResult();
    }

    private Task[] Clearing()
    {
        lock (_gate)
        {
            return [.. _clearing];
        }
    }

    private void Print(MqttMessage message)
    {
        var now = host.TimeProvider.GetLocalNow();
        var received = new ReceivedMessage(message.Topic, message.Payload, (int)message.QoS, message.Retain, now)
        {
            PacketId = message.PacketId,
            Zone = StrfTime.Abbreviation(host.TimeProvider.LocalTimeZone, now),
        };
        using var text = new MemoryStream();
        if (request.Format.Write(text, received, host.HasTerminal) is { } complaint)
        {
            printer.Warn(FailureText.OneLine(complaint));
        }

        text.WriteTo(host.Output); // in one piece, so that a reader at the other end never sees half a message
        host.Output.Flush();
    }
}
