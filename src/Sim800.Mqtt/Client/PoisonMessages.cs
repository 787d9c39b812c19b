using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>What follows when a message makes the server hang up, and messages that the application takes back. Belongs to the core's gate.</summary>
internal sealed class PoisonMessages(MqttSession session, DeliveryWaiters waiters, MqttPoisonMessagePolicy policy, ILogger log)
{
    private readonly Latch _atMostOnce = new();

    /// <summary>A connection has ended.</summary>
    /// <param name="convicted">The key of the message that was found to be the cause; 0 for none.</param>
    /// <param name="reason">How the server has ended it; <c>null</c> when it has not.</param>
    /// <returns>A better reason; <c>null</c> when there is none.</returns>
    internal MqttException? Judge(long convicted, Exception? reason)
    {
        if (reason is null)
        {
            return null;
        }

        try
        {
            return convicted != 0 && session.TryGet(convicted, out var message) ? Convict(convicted, message, reason)
                : reason is MqttLinkException { Failure: MqttLinkFailure.ClosedByPeer } && session.TryGetSuspect(out var suspect, out var connections)
                    ? MqttLinkException.ClosedByPeerAt(suspect, connections)
                : null;
        }
#pragma warning disable CA1031 // a store can fail in any way; the message is still in it, and the next connection ends at it again
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ForgetFailed(log, e.Message);
            return null;
        }
    }

    /// <summary>Gives up the messages that the predicate names.</summary>
    /// <returns>How many.</returns>
    internal int Withdraw(Predicate<MqttMessage> which)
    {
        var count = 0;
        foreach (var sequence in session.Unconfirmed)
        {
            if (session.TryGet(sequence, out var message) && which(message))
            {
                session.Forget(sequence);
                waiters.Finish(sequence, new MqttMessageWithdrawnException());
                count++;
            }
        }

        return count;
    }

    /// <summary>Whether QoS 0 has to wait, so that what ends the connection can be told, and what for.</summary>
    internal bool Holds(out Task released)
    {
        if (!session.IsOneByOne)
        {
            released = Task.CompletedTask;
            return false;
        }

        _atMostOnce.Close();
        released = _atMostOnce.WhenOpen;
        return true;
    }

    /// <summary>Lets go of what waited, when there is nothing more to find or no connection.</summary>
    internal void LetGo()
    {
        if (!session.IsOneByOne)
        {
            _atMostOnce.Open();
        }
    }

    private MqttPoisonMessageException Convict(long sequence, in MqttMessage message, Exception reason)
    {
        var isSetAside = policy == MqttPoisonMessagePolicy.SetAside;
        var poison = new MqttPoisonMessageException(message, session.EndsAt(sequence), isSetAside, reason);
        if (isSetAside)
        {
            session.Forget(sequence);
            waiters.Finish(sequence, poison);
        }

        Log.PoisonMessage(log, poison.Happened);
        return poison;
    }
}
