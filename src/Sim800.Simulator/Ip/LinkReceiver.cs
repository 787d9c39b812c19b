using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>What comes from the peers: kept for AT+CIPRXGET, or pushed as the line has room.</summary>
internal sealed class LinkReceiver(ModemEngine modem, IpStack ip)
{
    private bool _pushing;

    private bool MayPush => modem.Transparent.IsOnline
        || (!ip.IsManual && !modem.Transparent.IsSuspended && modem.Interpreter.Mode is not PayloadMode);

    internal void Received(long connection, byte[] bytes) => modem.At(modem.Path.Down(modem.Now, bytes.Length), () =>
    {
        if (ip.Find(connection) is not { IsOpen: true, IsZombie: false, IsServerSilent: false } link)
        {
            return;
        }

        if (link.IsDatagram && link.Received.Count + bytes.Length > modem.Options.ReceiveBufferSize)
        {
            return;
        }

        modem.Counters.Received(bytes.Length);
        var wasEmpty = link.Received.Count == 0;
        link.Total += bytes.Length;
        link.Received.Enqueue(bytes);
        Announce(link, wasEmpty);
    });

    /// <summary>Takes up to <paramref name="most"/> bytes for the host and opens the window by as much.</summary>
    internal byte[] Take(IpLink link, int most)
    {
        var bytes = link.Received.Dequeue(most);
        if (link.Connection is not 0 and var connection && bytes.Length > 0)
        {
            modem.At(modem.Path.Up(modem.Now, 0), () => modem.Actions.Enqueue(new NetworkAction.Grant(connection, bytes.Length)));
        }

        return bytes;
    }

    /// <summary>Pushes what has gathered, a segment at a time, when neither a payload is being entered nor the line is busy.</summary>
    internal void Push()
    {
        if (_pushing || !MayPush || Array.Find(ip.Links, link => link.Received.Count > 0) is not { } waiting)
        {
            return;
        }

        _pushing = true;
        modem.At(modem.Line.IdleAt, () =>
        {
            _pushing = false;
            PushSegment(waiting);
            Push();
        });
    }

    /// <summary>A restart forgets what was planned, a push too.</summary>
    internal void Reset() => _pushing = false;

    private void Announce(IpLink link, bool wasEmpty)
    {
        if (!ip.IsManual || modem.Transparent.IsOnline)
        {
            Push();
        }
        else if (wasEmpty && !modem.Faults.SwallowsReceiveNotice())
        {
            modem.Reply.Unsolicited(ip.NoticeOf(link));
        }
    }

    private void PushSegment(IpLink link)
    {
        if (link.Received.Count == 0 || !MayPush)
        {
            return;
        }

        var bytes = Take(link, ip.LargestPacket);
        if (!modem.Transparent.IsOnline)
        {
            modem.Reply.Raw(ip.PushHeader(link, bytes.Length));
        }

        modem.Reply.Raw(bytes);
    }
}
