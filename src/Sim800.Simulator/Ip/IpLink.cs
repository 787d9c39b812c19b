using System.Globalization;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>One link of the modem: what it holds for the host, what the peer has not acknowledged.</summary>
internal sealed class IpLink(int number)
{
    internal int Number { get; } = number;

    /// <summary>Tells one connection from the next over the same link; 0 when there is none.</summary>
    internal long Connection { get; set; }

    internal LinkState State { get; set; }

    internal string Host { get; set; } = "";

    internal string Address { get; set; } = "";

    internal int Port { get; set; }

    /// <summary>Where its data comes from, as AT+CIPSRIP=1 shows it.</summary>
    internal string Source => string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");

    /// <summary>UDP, which has no handshake, no acknowledgements and no end but the host's.</summary>
    internal bool IsDatagram => Received.HoldsDatagrams;

    internal string Protocol => IsDatagram ? "UDP" : "TCP";

    /// <summary>What the host has not read.</summary>
    internal ReceiveQueue Received { get; } = new();

    internal long Sent { get; set; }

    internal long Acknowledged { get; set; }

    /// <summary>All that has come from the peer.</summary>
    internal long Total { get; set; }

    internal long Unacknowledged => Sent - Acknowledged;

    internal bool IsOpen => State is LinkState.Connected or LinkState.RemoteClosing;

    /// <summary>Connecting, connected or on the way to closed: not free for another AT+CIPSTART.</summary>
    internal bool IsBusy => State is LinkState.Connecting or LinkState.Connected or LinkState.RemoteClosing or LinkState.Closing;

    /// <summary>Nothing flows any more, and the modem does not notice.</summary>
    internal bool IsZombie { get; set; }

    /// <summary>What the server says does not arrive.</summary>
    internal bool IsServerSilent { get; set; }

    internal Appointment? GiveUp { get; set; }

    /// <summary>What AT+CIPSEND is waiting for: room in the send buffer, or the peer's acknowledgement.</summary>
    internal Action? OnAcknowledged { get; set; }

    internal void Begin(long connection, string host, int port, bool isDatagram)
    {
        (Connection, Host, Address, Port) = (connection, host, "", port);
        State = LinkState.Connecting;
        (Sent, Acknowledged, Total) = (0, 0, 0);
        (IsZombie, IsServerSilent) = (false, false);
        Received.Clear();
        Received.HoldsDatagrams = isDatagram;
    }

    /// <summary>The connection is over; unread data stays until the next one.</summary>
    internal void End(LinkState state)
    {
        State = state;
        Connection = 0;
        GiveUp?.Cancel();
        var waiting = OnAcknowledged;
        OnAcknowledged = null;
        waiting?.Invoke();
    }
}

/// <summary>The client states of AT+CIPSTATUS=n.</summary>
internal enum LinkState
{
    Initial,
    Connecting,
    Connected,
    RemoteClosing,
    Closing,
    Closed,
}
