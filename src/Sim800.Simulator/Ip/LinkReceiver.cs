using System.Text;
using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Ip;

/// <summary>What comes from the peers: kept for AT+CIPRXGET, or pushed as the line has room.</summary>
internal sealed class LinkReceiver(ModemEngine modem, IpStack ip)
{
    private const int SegmentSize = 1460;
    private bool _pushing;

    private bool MayPush => modem.Transparent.IsOnline
        || (!ip.Settings.ManualReceive && !modem.Transparent.IsSuspended && modem.Interpreter.Mode is not PayloadMode);

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
        if (!ip.Settings.ManualReceive || modem.Transparent.IsOnline)
        {
            Push();
        }
        else if (wasEmpty && !modem.Faults.SwallowsReceiveNotice())
        {
            var source = ip.Settings.ShowSource ? "," + link.Source : "";
            modem.Reply.Unsolicited(ip.Settings.Multi ? Invariant($"+CIPRXGET: 1,{link.Number}{source}") : "+CIPRXGET: 1" + source);
        }
    }

    private void PushSegment(IpLink link)
    {
        if (link.Received.Count == 0 || !MayPush)
        {
            return;
        }

        var bytes = Take(link, SegmentSize);
        if (!modem.Transparent.IsOnline)
        {
            modem.Reply.Raw(Header(link, bytes.Length));
        }

        modem.Reply.Raw(bytes);
    }

    private byte[] Header(IpLink link, int length)
    {
        var source = ip.Settings.ShowSource ? link.Source : "";
        if (ip.Settings.Multi)
        {
            var comma = source.Length > 0 ? "," : "";
            return Encoding.ASCII.GetBytes(Invariant($"\r\n+RECEIVE,{link.Number},{length}{comma}{source}:\r\n"));
        }

        var from = source.Length > 0 ? $"\r\nRECV FROM:{source}\r\n" : "";
        var protocol = ip.Settings.ShowProtocol ? "," + link.Protocol : "";
        return Encoding.ASCII.GetBytes(ip.Settings.Head ? Invariant($"{from}+IPD,{length}{protocol}:") : from);
    }
}
