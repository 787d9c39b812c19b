using Sim800.Simulator.Machine;
using Sim800.Simulator.Models;

namespace Sim800.Simulator.Ip;

/// <summary>The links and the way below them, which are the same in every model. How they are set up and what is said about them is a matter of the stack.</summary>
internal abstract class IpStack
{
    private protected const string NoAddress = "0.0.0.0";

    private protected IpStack(ModemEngine modem, int links)
    {
        Modem = modem;
        Links = [.. Enumerable.Range(0, links).Select(number => new IpLink(number))];
        Connector = new LinkConnector(modem, this);
        Receiver = new LinkReceiver(modem, this);
        Sender = new LinkSender(modem, this);
    }

    internal IpLink[] Links { get; }

    internal int LastLink => Links.Length - 1;

    internal LinkConnector Connector { get; }

    internal LinkReceiver Receiver { get; }

    internal LinkSender Sender { get; }

    internal string Address { get; private protected set; } = NoAddress;

    internal abstract bool IsContextUp { get; }

    /// <summary>The access point of the first context while the host has defined none.</summary>
    internal abstract string DefaultAccessPoint { get; }

    /// <summary>Data is kept until the host reads it, not pushed.</summary>
    internal abstract bool IsManual { get; }

    internal abstract TransparentSettings TransparentSettings { get; }

    /// <summary>The most that is sent or pushed at once.</summary>
    internal abstract int LargestPacket { get; }

    internal abstract TimeSpan ConnectTimeout { get; }

    /// <summary>From the peer's end of a connection to the word about it.</summary>
    internal abstract TimeSpan CloseDelay { get; }

    /// <summary>When the stack's own probes find a path dead; <c>null</c> when it does not probe.</summary>
    internal abstract TimeSpan? KeepAliveTime { get; }

    private protected ModemEngine Modem { get; }

    /// <summary>The handshake is over.</summary>
    internal abstract void Connected(IpLink link);

    /// <summary>What is said of a connection that has not come about.</summary>
    internal abstract string[] FailureOf(IpLink link, ConnectFailure failure);

    /// <summary>The link has ended from outside, and the host is told.</summary>
    internal abstract void SayClosed(IpLink link, CloseReason reason);

    /// <summary>A payload meets the end of its link in place of a confirmation.</summary>
    internal abstract void SayClosedInSend(IpLink link);

    /// <summary>What announces data to be read.</summary>
    internal abstract string NoticeOf(IpLink link);

    /// <summary>What stands before data that is pushed.</summary>
    internal abstract string PushHeader(IpLink link, int length);

    /// <summary>The host's way into transparent mode is told.</summary>
    internal abstract void SayTransparent();

    /// <summary>The network takes the context away, or the modem loses it.</summary>
    internal abstract void Deactivate();

    /// <summary>The host switches the radio off (AT+CFUN).</summary>
    internal abstract void SwitchOff();

    /// <summary>The circuit-switched network has been used (AT+CMGS, AT+CUSD, a call).</summary>
    internal virtual void Suffer(DataLoss loss)
    {
    }

    internal abstract void Reset();

    /// <summary>The settings that decide how links are spoken of fall back.</summary>
    internal abstract void LoseMode();

    internal virtual void Failed(IpLink link, ConnectFailure failure)
    {
        foreach (var line in FailureOf(link, failure))
        {
            Modem.Reply.Unsolicited(line);
        }
    }

    internal IpLink? Find(long connection) => Array.Find(Links, link => link.Connection == connection);

    /// <summary>The FIN goes the way of the data, behind it; a modem that restarts meanwhile has sent it all the same.</summary>
    internal void HangUp(long connection)
    {
        if (connection != 0)
        {
            Modem.FromOutside(Modem.Path.Up(Modem.Now, 0), () => Modem.Actions.Enqueue(new NetworkAction.Close(connection)));
        }
    }

    private protected void EndLinks(LinkState state)
    {
        foreach (var link in Links)
        {
            HangUp(link.Connection);
            link.Received.Clear();
            link.End(link.State is LinkState.Initial ? LinkState.Initial : state);
        }
    }
}

/// <summary>Why there is no connection.</summary>
internal enum ConnectFailure
{
    UnknownName,
    Refused,
    TimedOut,
}

/// <summary>Why a connection that was there is no more.</summary>
internal enum CloseReason
{
    Peer,
    SendTimeout,
}
