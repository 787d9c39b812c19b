using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>A message that several overlapping subscriptions have: it is acknowledged when all of them have taken it.</summary>
internal sealed class SharedMessage(IMessageOwner owner, int holders) : IMessageOwner
{
    private int _left = holders;
    private int _rejected;

    public void Settle(InboundToken token, bool isTaken)
    {
        if (!isTaken)
        {
            Volatile.Write(ref _rejected, 1);
        }

        if (Interlocked.Decrement(ref _left) == 0)
        {
            owner.Settle(token, Volatile.Read(ref _rejected) == 0);
        }
    }
}
