using System.Net;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>Opens and closes links: name, handshake, time-out; FIN from either side.</summary>
internal sealed class LinkConnector(ModemEngine modem, IpStack ip)
{
    private readonly Dictionary<long, Action<IPAddress?>> _queries = [];
    private long _last;

    /// <summary>AT+CIPSTART, after its OK.</summary>
    internal void Connect(IpLink link, string host, int port, bool isDatagram)
    {
        var connection = ++_last;
        link.Begin(connection, host, port, isDatagram);
        link.GiveUp = modem.After(modem.Options.ConnectTimeout, () => Fail(connection));
        if (modem.Faults.SwallowsConnect(link))
        {
            return;
        }

        Resolve(host, address =>
        {
            if (address is null)
            {
                Fail(connection);
            }
            else if (ip.Find(connection) is { } stillWanted)
            {
                stillWanted.Address = address.ToString();
                modem.At(isDatagram ? modem.Now : modem.Path.Up(modem.Now, 0), () => Dial(connection));
            }
        });
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
        if (ip.Settings.Ssl && !link.IsDatagram)
        {
            // The modem's own TLS 1.0 without SNI: no server of today goes along with it.
            Finish(link, LinkState.Closed);
            ip.Say(link, "CLOSE OK");
        }
        else if (ip.Settings.Transparent)
        {
            modem.Transparent.Begin(link);
        }
        else
        {
            ip.Say(link, "CONNECT OK");
        }
    });

    internal void Refused(long connection) => modem.At(modem.Path.Down(modem.Now, 0), () => Fail(connection));

    /// <summary>The peer's FIN or reset; what it sent before has arrived.</summary>
    internal void Ended(long connection) => modem.At(modem.Path.Down(modem.Now, 0), () =>
    {
        if (ip.Find(connection) is not { State: LinkState.Connected, IsZombie: false } link)
        {
            return;
        }

        link.State = LinkState.RemoteClosing;
        var delay = ip.Settings.Multi ? ip.Settings.CloseDelay.Multi : ip.Settings.CloseDelay.Single;
        modem.After(TimeSpan.FromMilliseconds(delay), () => SayClosed(connection));
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

    internal void SayClosed(long connection)
    {
        if (ip.Find(connection) is not { } link || link.State is LinkState.Closing)
        {
            return;
        }

        ip.HangUp(connection);
        link.End(LinkState.Closed);
        modem.Transparent.Leave();
        ip.Say(link, "CLOSED");
    }

    internal void SayFailed(IpLink link)
    {
        if (!ip.Settings.Multi)
        {
            modem.Reply.Unsolicited("STATE: " + ip.StateName);
        }

        ip.Say(link, "CONNECT FAIL");
    }

    private void Dial(long connection)
    {
        if (ip.Find(connection) is { State: LinkState.Connecting } link)
        {
            modem.Actions.Enqueue(new NetworkAction.Open(connection, link.Host, link.Port, link.IsDatagram));
        }
    }

    private void Fail(long connection)
    {
        if (ip.Find(connection) is { State: LinkState.Connecting } link)
        {
            Finish(link, LinkState.Closed);
            SayFailed(link);
        }
    }
}
