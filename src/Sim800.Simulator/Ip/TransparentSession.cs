using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>Transparent mode (AT+CIPMODE=1): the line is the link, until <c>+++</c>, DTR or the end of the connection.</summary>
internal sealed class TransparentSession(ModemEngine modem)
{
    private IpLink? _link;

    /// <summary>Bytes of the host go to the peer and back.</summary>
    internal bool IsOnline { get; private set; }

    /// <summary>Command mode with the connection kept: ATO goes back.</summary>
    internal bool IsSuspended => _link is not null && !IsOnline;

    internal void Begin(IpLink link)
    {
        _link = link;
        Resume();
        modem.Ip.SayTransparent();
    }

    /// <summary>ATO.</summary>
    internal CommandOutcome Reenter()
    {
        if (_link is not { IsOpen: true })
        {
            return CommandOutcome.Error;
        }

        modem.After(TimeSpan.Zero, Resume);
        return CommandOutcome.Connect;
    }

    /// <summary>The escape sequence, or DTR after AT&amp;D1.</summary>
    internal void Suspend()
    {
        if (IsOnline)
        {
            IsOnline = false;
            modem.Interpreter.EnterCommandMode();
            modem.Reply.Final(CommandOutcome.Ok);
        }
    }

    /// <summary>DTR has been off for a second: AT&amp;D1 suspends, AT&amp;D2 hangs up, AT&amp;D0 does nothing.</summary>
    internal void DtrDropped()
    {
        if (!IsOnline || modem.Profile.DtrMode == 0)
        {
            return;
        }

        if (modem.Profile.DtrMode == 2 && _link is { } link)
        {
            modem.Ip.Connector.Finish(link, LinkState.Closed);
            Leave();
            modem.Reply.Final(CommandOutcome.Ok);
        }
        else
        {
            Suspend();
        }
    }

    /// <summary>The connection has ended: back to command mode.</summary>
    internal void Leave()
    {
        _link = null;
        if (IsOnline)
        {
            IsOnline = false;
            modem.Interpreter.EnterCommandMode();
        }
    }

    internal void Reset() => (_link, IsOnline) = (null, false);

    private void Resume()
    {
        if (_link is not { } link)
        {
            return;
        }

        IsOnline = true;
        modem.Interpreter.Enter(new DataMode(modem, link, modem.Ip.TransparentSettings));
        modem.Ip.Receiver.Push();
    }
}
