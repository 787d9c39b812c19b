using Sim800.Simulator.Machine;
using Sim800.Simulator.Models;
using static System.FormattableString;

namespace Sim800.Simulator.Ip;

/// <summary>The socket service of the LTE modules: AT+NETOPEN opens it, AT+CIPOPEN its ten links. What a command starts it answers with OK, and says later how it went.</summary>
internal sealed class SocketService(ModemEngine modem) : IpStack(modem, LinkCount)
{
    internal const int LinkCount = 10;

    private ServiceState _state;

    /// <summary>The links have died and the service does not know it.</summary>
    private bool _isStale;

    internal SocketSettings Settings { get; set; } = new();

    internal bool IsClosed => _state is ServiceState.Closed;

    /// <inheritdoc/>
    internal override bool IsContextUp => _state is ServiceState.Open;

    /// <inheritdoc/>
    internal override string DefaultAccessPoint => "";

    /// <inheritdoc/>
    internal override bool IsManual => Settings.IsManual;

    /// <inheritdoc/>
    internal override TransparentSettings TransparentSettings { get; } = new();

    /// <inheritdoc/>
    internal override int LargestPacket => 1500;

    /// <inheritdoc/>
    internal override TimeSpan ConnectTimeout => Settings.ConnectTimeout;

    /// <inheritdoc/>
    internal override TimeSpan CloseDelay => TimeSpan.Zero;

    /// <inheritdoc/>
    internal override TimeSpan? KeepAliveTime => Settings.KeepAlive;

    private bool IsTransparent => SocketSettings.Mode.Of(Modem) == 1;

    /// <summary>AT+NETOPEN.</summary>
    internal CommandOutcome Open()
    {
        if (_state is not ServiceState.Closed)
        {
            return Refuse(IpError.AlreadyOpened);
        }

        _state = ServiceState.Opening;
        var time = (Modem.Options.PdpActivationTime ?? Modem.Options.RoundTripTime) + Modem.Faults.LateResult();
        var isTooLate = time > Settings.OpenTimeout;
        Modem.After(isTooLate ? Settings.OpenTimeout : time, () => EndOpening(isTooLate));
        return CommandOutcome.Ok;
    }

    /// <summary>AT+NETCLOSE.</summary>
    internal CommandOutcome Close()
    {
        if (_state is not ServiceState.Open)
        {
            Modem.Reply.Information(Invariant($"+NETCLOSE: {(int)SocketError.NotOpened}"));
            return CommandOutcome.Error;
        }

        _state = ServiceState.Closing;
        Modem.After(Modem.Options.RoundTripTime, EndClosing);
        return CommandOutcome.Ok;
    }

    /// <summary>AT+CIPOPEN of a link that is free.</summary>
    internal CommandOutcome Connect(IpLink link, string host, int port)
    {
        if (_state is not ServiceState.Open)
        {
            return Refuse("+CIPOPEN", link, SocketError.NotOpened);
        }

        if (_isStale || Modem.Faults.RefusesOpen())
        {
            return Refuse("+CIPOPEN", link, SocketError.NotSupported);
        }

        var later = Modem.Faults.LateResult();
        Modem.After(TimeSpan.Zero, () =>
        {
            Modem.Faults.Opening();
            Connector.Connect(link, host, port, isDatagram: false, later);
        });
        return IsTransparent ? CommandOutcome.Pending : CommandOutcome.Ok;
    }

    /// <summary>AT+CIPCLOSE of a link.</summary>
    internal CommandOutcome Disconnect(IpLink link)
    {
        if (!link.IsBusy || link.State is LinkState.Closing)
        {
            link.Received.Clear();
            return Refuse("+CIPCLOSE", link, SocketError.NotSupported);
        }

        var connection = link.Connection;
        Modem.After(TimeSpan.Zero, () => EndDisconnecting(link, connection));
        return CommandOutcome.Ok;
    }

    /// <summary>An answer of two lines: why not, and ERROR.</summary>
    internal CommandOutcome Refuse(IpError error)
    {
        Modem.Reply.Information("+IP ERROR: " + (Settings.ErrorsInWords ? IpErrorText.Of(error) : Invariant($"{(int)error}")));
        return CommandOutcome.Error;
    }

    /// <inheritdoc cref="Refuse(IpError)"/>
    internal CommandOutcome Refuse(string name, IpLink link, SocketError error)
    {
        Modem.Reply.Information(Invariant($"{name}: {link.Number},{(int)error}"));
        return CommandOutcome.Error;
    }

    /// <inheritdoc cref="Refuse(IpError)"/>
    internal CommandOutcome RefuseSend(SocketError error)
    {
        Modem.Reply.Information(Invariant($"+CIPERROR: {(int)error}"));
        return CommandOutcome.Error;
    }

    /// <inheritdoc/>
    internal override void Connected(IpLink link)
    {
        if (IsTransparent)
        {
            Modem.Transparent.Begin(link);
        }
        else
        {
            Say("+CIPOPEN", link, SocketError.None);
        }
    }

    /// <inheritdoc/>
    internal override string[] FailureOf(IpLink link, ConnectFailure failure) => [Invariant($"+CIPOPEN: {link.Number},{(int)ErrorOf(failure)}")];

    /// <inheritdoc/>
    internal override void Failed(IpLink link, ConnectFailure failure)
    {
        if (IsTransparent)
        {
            Modem.Reply.Information("CONNECT FAIL");
            Modem.Interpreter.Complete(CommandOutcome.Said);
        }
        else
        {
            base.Failed(link, failure);
        }
    }

    /// <inheritdoc/>
    internal override void SayClosed(IpLink link, CloseReason reason) =>
        Modem.Reply.Unsolicited(IsTransparent ? "CLOSED" : Invariant($"+IPCLOSE: {link.Number},{(reason is CloseReason.Peer ? 1 : 2)}"));

    /// <inheritdoc/>
    internal override void SayClosedInSend(IpLink link)
    {
        Modem.Interpreter.Complete(CommandOutcome.Ok);
        SayClosed(link, CloseReason.Peer);
    }

    /// <inheritdoc/>
    internal override string NoticeOf(IpLink link) =>
        Modem.Faults.UsesOtherNotice ? Invariant($"+CADATAIND:{link.Number}") : Invariant($"+CIPRXGET: 1,{link.Number}");

    /// <inheritdoc/>
    internal override string PushHeader(IpLink link, int length)
    {
        if (Settings.NumbersPushes)
        {
            return Invariant($"\r\n+RECEIVE,{link.Number},{length}\r\n");
        }

        var source = SocketSettings.Source.Of(Modem) == 1 ? $"\r\nRECV FROM:{link.Source}\r\n" : "";
        return SocketSettings.Head.Of(Modem) == 1 ? Invariant($"{source}+IPD{length}\r\n") : source;
    }

    /// <inheritdoc/>
    internal override void SayTransparent()
    {
        Modem.Reply.Information(Invariant($"CONNECT {Modem.Rate.Modem}"));
        Modem.Interpreter.Complete(CommandOutcome.Said);
    }

    /// <inheritdoc/>
    internal override void Deactivate()
    {
        if (_state is ServiceState.Open or ServiceState.Closing)
        {
            SwitchOff();
            Modem.Reply.Unsolicited("+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY");
        }
    }

    /// <inheritdoc/>
    internal override void SwitchOff()
    {
        EndLinks(LinkState.Closed);
        (_isStale, Address) = (false, NoAddress);
        Modem.Transparent.Leave();

        // An attempt to open it goes on, and fails.
        _state = _state is ServiceState.Opening ? ServiceState.Opening : ServiceState.Closed;
    }

    /// <inheritdoc/>
    internal override void Suffer(DataLoss loss)
    {
        if (loss is DataLoss.Service)
        {
            SwitchOff();
        }
        else if (loss is DataLoss.Links && _state is ServiceState.Open)
        {
            EndLinks(LinkState.Closed);
            _isStale = true;
        }
    }

    /// <inheritdoc/>
    internal override void Reset()
    {
        // Who restarts confirms nothing.
        Array.ForEach(Links, link => link.OnAcknowledged = null);
        EndLinks(LinkState.Initial);
        Receiver.Reset();
        Settings = new SocketSettings();
        (_state, _isStale, Address) = (ServiceState.Closed, false, NoAddress);
    }

    /// <inheritdoc/>
    internal override void LoseMode() => Settings = new SocketSettings();

    private void Say(string name, IpLink link, SocketError error) => Modem.Reply.Unsolicited(Invariant($"{name}: {link.Number},{(int)error}"));

    /// <summary>The link may have ended by itself in the meantime.</summary>
    private void EndDisconnecting(IpLink link, long connection)
    {
        if (link.Connection != connection)
        {
            Say("+CIPCLOSE", link, SocketError.None);
            return;
        }

        Connector.Close(link, quick: false, () =>
        {
            Modem.Transparent.Leave();
            Say("+CIPCLOSE", link, SocketError.None);
        });
    }

    private void EndOpening(bool isTooLate)
    {
        var error = isTooLate ? SocketError.Timeout
            : !Modem.Radio.IsAttached || Modem.Faults.FailsNetworkOpen() ? SocketError.NetworkFailure
            : SocketError.None;
        (_state, Address) = error is SocketError.None ? (ServiceState.Open, Radio.PacketContexts.BearerAddress) : (ServiceState.Closed, NoAddress);
        Modem.Reply.Unsolicited(Invariant($"+NETOPEN: {(int)error}"));
        if (error is SocketError.None)
        {
            Modem.Faults.ContextIsUp();
        }
    }

    private void EndClosing()
    {
        if (_state is not ServiceState.Closing)
        {
            return;
        }

        var open = Array.FindAll(Links, link => link.IsBusy);
        SwitchOff();
        Array.ForEach(open, link => Say("+CIPCLOSE", link, SocketError.None));
        Modem.Reply.Unsolicited(Invariant($"+NETCLOSE: {(int)SocketError.None}"));
    }

    private static SocketError ErrorOf(ConnectFailure failure) => failure switch
    {
        ConnectFailure.UnknownName => SocketError.NameUnknown,
        ConnectFailure.TimedOut => SocketError.Timeout,
        _ => SocketError.NetworkFailure,
    };

    private enum ServiceState
    {
        Closed,
        Opening,
        Open,
        Closing,
    }
}
