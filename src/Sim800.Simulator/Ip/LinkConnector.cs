using System.Net;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>Opens and closes links: name, handshake, time-out; FIN from either side.</summary>
internal sealed class LinkConnector(ModemEngine modem, IpStack ip)
{
    private readonly Dictionary<long, Action<IPAddress?>> _queries = [];
    private long _last;

    /// <summary>AT+CIPSTART or AT+CIPOPEN, after its OK.</summary>
    internal void Connect(IpLink link, string host, int port, bool isDatagram, TimeSpan later = default)
    {
        var connection = ++_last;
        link.Begin(connection, host, port, isDatagram);
        link.GiveUp = modem.After(ip.ConnectTimeout, () => Fail(connection, ConnectFailure.TimedOut));
        if (modem.Faults.SwallowsConnect(link))
        {
            return;
        }

        if (later > TimeSpan.Zero)
        {
            modem.After(later, () => Begin(connection, host, isDatagram));
        }
        else
        {
            Begin(connection, host, isDatagram);
        }
    }

    internal void Resolve(string host, Action<IPAddress?> then)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            then(literal);
            return;
        }

        var query = ++_last;
        _queries[query] = then;
        modem.Actions.Enqueue(new NetworkAction.Resolve(query, host));
    }

    internal void Resolved(long query, IPAddress? address)
    {
        if (_queries.Remove(query, out var then))
        {
            modem.After(modem.Options.DnsDelay ?? modem.Options.RoundTripTime, () => then(address));
        }
    }

    internal void Opened(long connection) => modem.At(ip.Find(connection) is { IsDatagram: true } ? modem.Now : modem.Path.Down(modem.Now, 0), () =>
    {
        if (ip.Find(connection) is not { State: LinkState.Connecting } link)
        {
            return;
        }

        link.GiveUp?.Cancel();
        link.State = LinkState.Connected;
        modem.Counters.Connections++;
        modem.Faults.Connected(link);
        modem.Actions.Enqueue(new NetworkAction.Grant(connection, modem.Options.ReceiveBufferSize));
        ip.Connected(link);
    });

    internal void Refused(long connection) => modem.At(modem.Path.Down(modem.Now, 0), () => Fail(connection, ConnectFailure.Refused));

    /// <summary>The peer's FIN or reset; what it sent before has arrived.</summary>
    internal void Ended(long connection) => modem.At(modem.Path.Down(modem.Now, 0), () =>
    {
        if (ip.Find(connection) is not { State: LinkState.Connected, IsZombie: false } link)
        {
            return;
        }

        link.State = LinkState.RemoteClosing;
        modem.After(ip.CloseDelay, () => EndFromOutside(connection, CloseReason.Peer));
    });

    /// <summary>The host's AT+CIPCLOSE: at once, or after the peer's FIN has come.</summary>
    internal void Close(IpLink link, bool quick, Action whenClosed)
    {
        if (quick || link.IsDatagram || link.State is LinkState.Connecting)
        {
            Finish(link, LinkState.Closed);
            whenClosed();
            return;
        }

        var connection = link.Connection;
        link.State = LinkState.Closing;
        ip.HangUp(connection);
        modem.After(modem.Options.RoundTripTime, () =>
        {
            if (ip.Find(connection) is { } closing)
            {
                closing.Received.Clear();
                closing.End(LinkState.Closed);
            }

            whenClosed();
        });
    }

    /// <summary>Closes a link without a word.</summary>
    internal void Finish(IpLink link, LinkState state)
    {
        ip.HangUp(link.Connection);
        link.Received.Clear();
        link.End(state);
    }

    /// <summary>The link is over, and the host is told.</summary>
    internal void EndFromOutside(long connection, CloseReason reason)
    {
        if (ip.Find(connection) is not { } link || link.State is LinkState.Closing)
        {
            return;
        }

        ip.HangUp(connection);
        link.End(LinkState.Closed);
        modem.Transparent.Leave();
        ip.SayClosed(link, reason);
    }

    private void Begin(long connection, string host, bool isDatagram) =>
        Resolve(host, address =>
        {
            if (address is null)
            {
                Fail(connection, ConnectFailure.UnknownName);
            }
            else if (ip.Find(connection) is { } stillWanted)
            {
                stillWanted.Address = address.ToString();
                modem.At(isDatagram ? modem.Now : modem.Path.Up(modem.Now, 0), () => Dial(connection));
            }
        });

    private void Dial(long connection)
    {
        if (ip.Find(connection) is { State: LinkState.Connecting } link)
        {
            modem.Actions.Enqueue(new NetworkAction.Open(connection, link.Host, link.Port, link.IsDatagram));
        }
    }

    private void Fail(long connection, ConnectFailure failure)
    {
        if (ip.Find(connection) is { State: LinkState.Connecting } link)
        {
            Finish(link, LinkState.Closed);
            ip.Failed(link, failure);
        }
    }
}
