using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>The GPRS context and its links: the state machine of the reference, fed by commands and by the network.</summary>
internal sealed class IpStack
{
    internal const int LinkCount = 6;

    private readonly ModemEngine _modem;
    private IpState _state;

    internal IpStack(ModemEngine modem)
    {
        _modem = modem;
        Links = [.. Enumerable.Range(0, LinkCount).Select(number => new IpLink(number))];
        Connector = new LinkConnector(modem, this);
        Receiver = new LinkReceiver(modem, this);
        Sender = new LinkSender(modem, this);
    }

    internal IpSettings Settings { get; private set; } = new();

    /// <summary>What AT+CIPSCONT has saved.</summary>
    internal IpSettings Saved { get; private set; } = new();

    internal IpLink[] Links { get; }

    internal LinkConnector Connector { get; }

    internal LinkReceiver Receiver { get; }

    internal LinkSender Sender { get; }

    /// <summary>AT+CIPSERVER: where the modem listens; <c>null</c> when it does not.</summary>
    internal int? ListeningPort { get; set; }

    internal string Address { get; private set; } = "0.0.0.0";

    internal IpState State => _state is IpState.Status && !Settings.Multi ? SingleState : _state;

    /// <summary>The state as AT+CIPSTATUS prints it.</summary>
    internal string StateName => _state is IpState.Status && Settings.Multi && Links.Any(link => link.IsBusy)
        ? "IP PROCESSING"
        : StateText.Of(State, Links[0].Protocol);

    internal bool IsContextUp => _state is IpState.GprsAct or IpState.Status;

    private IpState SingleState => Links[0].State switch
    {
        LinkState.Connecting => IpState.TcpConnecting,
        LinkState.Connected or LinkState.RemoteClosing => IpState.ConnectOk,
        LinkState.Closing => IpState.TcpClosing,
        _ when ListeningPort is not null => IpState.ServerListening,
        LinkState.Closed => IpState.TcpClosed,
        _ => IpState.Status,
    };

    /// <summary>AT+CSTT, with its own access point or with the one there is.</summary>
    internal CommandOutcome StartTask((string Apn, string User, string Password)? accessPoint = null)
    {
        if (_state is not IpState.Initial)
        {
            return CommandOutcome.Error;
        }

        Settings.AccessPoint = accessPoint ?? Settings.AccessPoint;
        _state = IpState.Start;
        return CommandOutcome.Ok;
    }

    /// <summary>AT+CIICR: the context comes up after a while, or the network refuses it.</summary>
    internal CommandOutcome BringUp()
    {
        if (_state is not IpState.Start || !_modem.Radio.IsAttached)
        {
            return CommandOutcome.Error;
        }

        _state = IpState.Config;
        _modem.After(_modem.Options.PdpActivationTime ?? _modem.Options.RoundTripTime, () => _modem.Interpreter.Complete(Activated()));
        return CommandOutcome.Pending;
    }

    /// <summary>AT+CIFSR: gives the address and opens the way to AT+CIPSTART.</summary>
    internal bool TryGetAddress()
    {
        if (!IsContextUp)
        {
            return false;
        }

        _state = IpState.Status;
        return true;
    }

    /// <summary>AT+CIPSTART in single mode from IP INITIAL brings the context up by itself.</summary>
    internal void BringUpSilently(Action whenUp, Action whenRefused)
    {
        _state = IpState.Config;
        _modem.After(_modem.Options.PdpActivationTime ?? _modem.Options.RoundTripTime, () =>
        {
            if (_state is not IpState.Config)
            {
                return;
            }

            if (Activated() == CommandOutcome.Ok)
            {
                _state = IpState.Status;
                whenUp();
            }
            else
            {
                whenRefused();
            }
        });
    }

    /// <summary>The network takes the context away, or the modem loses it.</summary>
    internal void Deactivate()
    {
        if (_state is IpState.Initial or IpState.PdpDeact)
        {
            return;
        }

        EndLinks(LinkState.Closed);
        _state = IpState.PdpDeact;
        _modem.Transparent.Leave();
        _modem.Reply.Unsolicited("+PDP: DEACT");
    }

    /// <summary>AT+CIPSHUT.</summary>
    internal void Shut()
    {
        EndLinks(LinkState.Initial);
        _state = IpState.Initial;
        Address = "0.0.0.0";
    }

    internal void Reset()
    {
        Shut();
        Receiver.Reset();
        Settings = Saved with { };
    }

    /// <summary>AT+CIPSCONT.</summary>
    internal void Save() => Saved = Settings with { };

    internal IpLink? Find(long connection) => Array.Find(Links, link => link.Connection == connection);

    /// <summary>The FIN goes the way of the data, behind it; a modem that restarts meanwhile has sent it all the same.</summary>
    internal void HangUp(long connection)
    {
        if (connection != 0)
        {
            _modem.FromOutside(_modem.Path.Up(_modem.Now, 0), () => _modem.Actions.Enqueue(new NetworkAction.Close(connection)));
        }
    }

    /// <summary>A line about a link: with its number in multi mode, bare in single mode.</summary>
    internal void Say(IpLink link, string text) =>
        _modem.Reply.Unsolicited(Settings.Multi ? $"{link.Number}, {text}" : text);

    private CommandOutcome Activated()
    {
        if (_state is not IpState.Config)
        {
            return CommandOutcome.Error;
        }

        if (!_modem.Radio.AcceptsAccessPoint(Settings.AccessPoint.Apn))
        {
            Deactivate();
            return CommandOutcome.Error;
        }

        _state = IpState.GprsAct;
        Address = "10.0.109.44";
        _modem.Faults.ContextIsUp();
        return CommandOutcome.Ok;
    }

    private void EndLinks(LinkState state)
    {
        ListeningPort = null;
        foreach (var link in Links)
        {
            HangUp(link.Connection);
            link.Received.Clear();
            link.End(link.State is LinkState.Initial ? LinkState.Initial : state);
        }
    }
}
