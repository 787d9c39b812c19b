using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>What the host sends: queued in the modem, acknowledged by the peer a round trip later.</summary>
internal sealed class LinkSender(ModemEngine modem, IpStack ip)
{
    /// <summary>The most AT+CIPSEND takes at once, and what AT+CIPSEND? reports when the buffer has room.</summary>
    internal int MostAtOnce => modem.Faults.SendLimit(ip.LargestPacket);

    internal int RoomOf(IpLink link) =>
        link.IsOpen ? (int)Math.Clamp(modem.Options.SendBufferSize - link.Unacknowledged, 0, MostAtOnce) : 0;

    internal bool HasRoomFor(IpLink link, int bytes) => modem.Options.SendBufferSize - link.Unacknowledged >= bytes;

    internal void Send(IpLink link, byte[] bytes)
    {
        link.Sent += bytes.Length;
        modem.Counters.Sent(bytes.Length);
        if (link.IsZombie)
        {
            return;
        }

        var connection = link.Connection;
        modem.At(modem.Path.Up(modem.Now, bytes.Length), () => modem.Actions.Enqueue(new NetworkAction.Send(connection, bytes)));
        if (link.IsDatagram)
        {
            modem.After(TimeSpan.Zero, () => Acknowledge(connection, bytes.Length));
        }
    }

    internal void Acknowledged(long connection, int bytes) => modem.At(modem.Path.Down(modem.Now, 0), () => Acknowledge(connection, bytes));

    private void Acknowledge(long connection, int bytes)
    {
        if (ip.Find(connection) is { IsZombie: false } link)
        {
            link.Acknowledged += bytes;
            link.OnAcknowledged?.Invoke();
        }
    }
}
