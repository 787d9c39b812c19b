using Sim800.Cli.Rendering;
using Sim800.Mqtt;

namespace Sim800.Cli.Verbs;

/// <summary>Prints what comes until there is enough, the time is over or Ctrl-C.</summary>
internal sealed class Subscriber(Sim800MqttClient client, SubRequest request, CliHost host, StagePrinter printer)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _printed;

    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var options = new MqttSubscribeOptions { UnsubscribeOnDispose = !request.IsPersistent, Handler = TakeAsync };
        MqttTopicFilter[] filters = [.. request.Filters.Select(filter => new MqttTopicFilter(filter, (MqttQoS)request.QoS))];
        var subscription = await client.SubscribeAsync(filters, options, cancellationToken).ConfigureAwait(false);
        foreach (var (filter, qos) in subscription.Filters)
        {
            printer.Say($"subscribed to {filter} at QoS {(int)qos}");
        }

        try
        {
            var ended = await Task.WhenAny(_enough.Task, client.Completion)
                .WaitAsync(request.Wait ?? Timeout.InfiniteTimeSpan, host.TimeProvider, cancellationToken)
                .ConfigureAwait(false);
            await ended.ConfigureAwait(false); // with its reason, if the client has ended
            return ExitCode.Success;
        }
        catch (TimeoutException)
        {
            printer.Say("the time given with -W is over");
            return ExitCode.TimedOut;
        }
    }

    private async ValueTask TakeAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        if (!TryPrintOrEnd(message))
        {
            // Not ours any more: left unacknowledged, it stays with the broker if that keeps the session.
            await Task.Delay(Timeout.InfiniteTimeSpan, host.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool TryPrintOrEnd(MqttMessage message)
    {
        try
        {
            return TryPrint(message);
        }
        catch (IOException e)
        {
            _enough.TrySetException(new IOException($"Standard output takes no more: {e.Message}.", e));
            return false;
        }
    }

    private bool TryPrint(MqttMessage message)
    {
        lock (_gate)
        {
            if (request.Count is { } count && _printed >= count)
            {
                return false;
            }

            if (request.SkipsRetained && message.Retain)
            {
                return true;
            }

            Print(message);
            if (++_printed == request.Count)
            {
                _enough.TrySetResult();
            }

            return true;
        }
    }

    private void Print(MqttMessage message)
    {
        using var text = new MemoryStream();
        request.Format.Write(
            text, new ReceivedMessage(message.Topic, message.Payload, (int)message.QoS, message.Retain, host.TimeProvider.GetLocalNow()), host.HasTerminal);
        text.WriteTo(host.Output); // in one piece, so that a reader at the other end never sees half a message
        host.Output.Flush();
    }
}
