using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Ip;

/// <summary>The GPRS context of the SIM800 and its kin (AT+CIPSTART): the state machine of the reference, fed by commands and by the network.</summary>
internal sealed class GprsStack : IpStack
{
    private GprsState _state;

    internal GprsStack(ModemEngine modem, int links)
        : base(modem, links)
    {
    }

    internal GprsSettings Settings { get; private set; } = new();

    /// <summary>What AT+CIPSCONT has saved.</summary>
    internal GprsSettings Saved { get; private set; } = new();

    /// <summary>AT+CIPSERVER: where the modem listens; <c>null</c> when it does not.</summary>
    internal int? ListeningPort { get; set; }

    internal GprsState State => _state is GprsState.Status && !Settings.Multi ? SingleState : _state;

    /// <summary>The state as AT+CIPSTATUS prints it.</summary>
    internal string StateName => _state is GprsState.Status && Settings.Multi && Links.Any(link => link.IsBusy)
        ? "IP PROCESSING"
        : StateText.Of(State, Links[0].Protocol);

    internal override bool IsContextUp => _state is GprsState.GprsAct or GprsState.Status;

    internal override string DefaultAccessPoint => Settings.AccessPoint.Apn;

    internal override bool IsManual => Settings.ManualReceive;

    internal override TransparentSettings TransparentSettings => Settings.TransparentSettings;

    internal override int LargestPacket => 1460;

    internal override TimeSpan ConnectTimeout => Modem.Options.ConnectTimeout;

    internal override TimeSpan CloseDelay => TimeSpan.FromMilliseconds(Settings.Multi ? Settings.CloseDelay.Multi : Settings.CloseDelay.Single);

    internal override TimeSpan? KeepAliveTime => Settings.KeepAlive is (1, var idle, var interval, var count)
        ? TimeSpan.FromSeconds(idle + (interval * count))
        : null;

    private GprsState SingleState => Links[0].State switch
    {
        LinkState.Connecting => GprsState.TcpConnecting,
        LinkState.Connected or LinkState.RemoteClosing => GprsState.ConnectOk,
        LinkState.Closing => GprsState.TcpClosing,
        _ when ListeningPort is not null => GprsState.ServerListening,
        LinkState.Closed => GprsState.TcpClosed,
        _ => GprsState.Status,
    };

    /// <summary>AT+CSTT, with its own access point or with the one there is.</summary>
    internal CommandOutcome StartTask((string Apn, string User, string Password)? accessPoint = null)
    {
        if (_state is not GprsState.Initial)
        {
            return CommandOutcome.Error;
        }

        Settings.AccessPoint = accessPoint ?? Settings.AccessPoint;
        _state = GprsState.Start;
        return CommandOutcome.Ok;
    }

    /// <summary>AT+CIICR: the context comes up after a while, or the network refuses it.</summary>
    internal CommandOutcome BringUp()
    {
        if (_state is not GprsState.Start || !Modem.Radio.IsAttached)
        {
            return CommandOutcome.Error;
        }

        _state = GprsState.Config;
        Modem.After(Modem.Options.PdpActivationTime ?? Modem.Options.RoundTripTime, () => Modem.Interpreter.Complete(Activated()));
        return CommandOutcome.Pending;
    }

    /// <summary>AT+CIFSR: gives the address and opens the way to AT+CIPSTART.</summary>
    internal bool TryGetAddress()
    {
        if (!IsContextUp)
        {
            return false;
        }

        _state = GprsState.Status;
        return true;
    }

    /// <summary>AT+CIPSTART in single mode from IP INITIAL brings the context up by itself.</summary>
    internal void BringUpSilently(Action whenUp, Action whenRefused)
    {
        _state = GprsState.Config;
        Modem.After(Modem.Options.PdpActivationTime ?? Modem.Options.RoundTripTime, () =>
        {
            if (_state is not GprsState.Config)
            {
                return;
            }

            if (Activated() == CommandOutcome.Ok)
            {
                _state = GprsState.Status;
                whenUp();
            }
            else
            {
                whenRefused();
            }
        });
    }

    /// <inheritdoc/>
    internal override void Deactivate()
    {
        if (_state is GprsState.Initial or GprsState.PdpDeact)
        {
            return;
        }

        ListeningPort = null;
        EndLinks(LinkState.Closed);
        _state = GprsState.PdpDeact;
        Modem.Transparent.Leave();
        Modem.Reply.Unsolicited("+PDP: DEACT");
    }

    /// <summary>AT+CIPSHUT.</summary>
    internal void Shut()
    {
        ListeningPort = null;
        EndLinks(LinkState.Initial);
        _state = GprsState.Initial;
        Address = NoAddress;
    }

    internal override void Reset()
    {
        Shut();
        Receiver.Reset();
        Settings = Saved with { };
    }

    /// <summary>AT+CIPSCONT.</summary>
    internal void Save() => Saved = Settings with { };

    /// <summary>A line about a link: with its number in multi mode, bare in single mode.</summary>
    internal void Say(IpLink link, string text) =>
        Modem.Reply.Unsolicited(About(link, text));

    /// <inheritdoc/>
    internal override void Connected(IpLink link)
    {
        if (Settings.Ssl && !link.IsDatagram)
        {
            // The modem's own TLS 1.0 without SNI: no server of today goes along with it.
            Connector.Finish(link, LinkState.Closed);
            Say(link, "CLOSE OK");
        }
        else if (Settings.Transparent)
        {
            Modem.Transparent.Begin(link);
        }
        else
        {
            Say(link, "CONNECT OK");
        }
    }

    /// <inheritdoc/>
    internal override string[] FailureOf(IpLink link, ConnectFailure failure) =>
        Settings.Multi ? [About(link, "CONNECT FAIL")] : ["STATE: " + StateName, "CONNECT FAIL"];

    /// <inheritdoc/>
    internal override void SayClosed(IpLink link, CloseReason reason) => Say(link, "CLOSED");

    /// <inheritdoc/>
    internal override void SayClosedInSend(IpLink link)
    {
        Say(link, "CLOSED");
        Modem.Interpreter.Complete(CommandOutcome.Said);
    }

    /// <inheritdoc/>
    internal override string NoticeOf(IpLink link)
    {
        var source = Settings.ShowSource ? "," + link.Source : "";
        return Settings.Multi ? Invariant($"+CIPRXGET: 1,{link.Number}{source}") : "+CIPRXGET: 1" + source;
    }

    /// <inheritdoc/>
    internal override string PushHeader(IpLink link, int length)
    {
        var source = Settings.ShowSource ? link.Source : "";
        if (Settings.Multi)
        {
            var comma = source.Length > 0 ? "," : "";
            return Invariant($"\r\n+RECEIVE,{link.Number},{length}{comma}{source}:\r\n");
        }

        var from = source.Length > 0 ? $"\r\nRECV FROM:{source}\r\n" : "";
        var protocol = Settings.ShowProtocol ? "," + link.Protocol : "";
        return Settings.Head ? Invariant($"{from}+IPD,{length}{protocol}:") : from;
    }

    /// <inheritdoc/>
    internal override void SayTransparent() => Modem.Reply.Final(CommandOutcome.Connect);

    /// <inheritdoc/>
    internal override void LoseMode() => Settings.Multi = false;

    /// <inheritdoc/>
    internal override void SwitchOff() => Deactivate();

    private string About(IpLink link, string text) => Settings.Multi ? $"{link.Number}, {text}" : text;

    private CommandOutcome Activated()
    {
        if (_state is not GprsState.Config)
        {
            return CommandOutcome.Error;
        }

        if (!Modem.Radio.AcceptsAccessPoint(Settings.AccessPoint.Apn))
        {
            Deactivate();
            return CommandOutcome.Error;
        }

        _state = GprsState.GprsAct;
        Address = "10.0.109.44";
        Modem.Faults.ContextIsUp();
        return CommandOutcome.Ok;
    }
}
