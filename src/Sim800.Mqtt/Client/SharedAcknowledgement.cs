using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>The acknowledgement of a message that several overlapping subscriptions have: it is given when all of them have taken it.</summary>
internal sealed class SharedAcknowledgement(IAcknowledgementSink sink, int holders)
{
    private int _left = holders;
    private int _rejected;

    /// <returns>What one subscription acknowledges; only its first word counts.</returns>
    internal IAcknowledgementSink Share() => new OneShare(this);

    private void Settle(InboundToken token, bool isTaken)
    {
        if (!isTaken)
        {
            Volatile.Write(ref _rejected, 1);
        }

        if (Interlocked.Decrement(ref _left) == 0)
        {
            sink.Settle(token, Volatile.Read(ref _rejected) == 0);
        }
    }

    private sealed class OneShare(SharedAcknowledgement shared) : IAcknowledgementSink
    {
        private int _isSettled;

        public void Settle(InboundToken token, bool isTaken)
        {
            if (Interlocked.Exchange(ref _isSettled, 1) == 0)
            {
                shared.Settle(token, isTaken);
            }
        }
    }
}
