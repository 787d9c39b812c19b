using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Faults;

/// <summary>
/// The faults in force, asked by the machine at the places where they show. Those that happen by themselves are
/// <see cref="FaultEvents"/>.
/// </summary>
internal sealed class FaultInjector
{
    private const int TruncatedBytes = 16;

    /// <summary>The result is on the wire before the restart pulls the modem away.</summary>
    private static readonly TimeSpan RestartDelay = TimeSpan.FromMilliseconds(50);

    private static readonly string[] AttachLines = ["+CGEV: NW REATTACH", "+CGEV: ME PDN ACT 1", "+CGEV: EPS PDN ACT 1"];

    private readonly ModemEngine _modem;
    private readonly FaultEvents _events;
    private readonly LineNoise _noise;
    private readonly LostByte _hostBytes = new();
    private readonly LostByte _modemBytes = new();
    private readonly HashSet<FaultKind> _lasting = [];
    private readonly Dictionary<FaultKind, int> _left = [];
    private readonly Dictionary<FaultKind, TimeSpan> _durations = [];
    private readonly Queue<string[]> _inNextAnswers = new();
    private readonly CommandFaults _ofCommands = new();
    private int? _sendLimit;

    internal FaultInjector(ModemEngine modem)
    {
        _modem = modem;
        _events = new FaultEvents(modem);
        _noise = new LineNoise(modem.Random);
    }

    internal bool RefusesAccessPoint => Lasts(FaultKind.WrongApn);

    internal bool RefusesGprs => Lasts(FaultKind.GprsRefused);

    /// <summary>+CREG: 3 while +CEREG says registered.</summary>
    internal bool DeniesCircuits => Lasts(FaultKind.CircuitsDenied);

    internal bool TakesUserFirst => Lasts(FaultKind.UserFirst);

    /// <summary>Messages leave LTE for the circuit-switched network.</summary>
    internal bool FallsBackForMessages => Lasts(FaultKind.CircuitFallback);

    internal bool AllowsEmergencyAlone => Lasts(FaultKind.EmergencyOnly);

    internal bool FindsNoName => Lasts(FaultKind.NameLookupFails);

    internal bool DeniesRegistration => Lasts(FaultKind.RegistrationDenied);

    /// <summary>No network is heard.</summary>
    internal bool IsOutOfReach => Lasts(FaultKind.NoNetwork);

    /// <summary>The host hears itself, and the modem hears nothing.</summary>
    internal bool IsEchoOnly => Lasts(FaultKind.EchoOnly);

    /// <summary>The most that AT+CIPSEND takes at once.</summary>
    internal int SendLimit(int usual) => Math.Min(usual, _sendLimit ?? usual);

    internal TimeSpan? ConfirmationDelay => _durations.TryGetValue(FaultKind.SlowSend, out var delay) ? delay + _modem.Options.CommandDelay : null;

    internal void Begin()
    {
        foreach (var fault in _modem.Options.Faults.Faults)
        {
            Plan(fault);
        }
    }

    internal void Plan(Fault fault)
    {
        if (fault.At <= _modem.Now)
        {
            Strike(fault);
        }
        else
        {
            _modem.FromOutside(fault.At, () => Strike(fault));
        }
    }

    /// <summary>A result in place of the command's own; URCs that get into its answer are said on the way.</summary>
    internal CommandOutcome? Intercept(Command command)
    {
        if (_inNextAnswers.TryDequeue(out var lines))
        {
            Array.ForEach(lines, _modem.Reply.Unsolicited);
        }

        if (command.Name is "+CIPSHUT" && Takes(FaultKind.DeactInShut))
        {
            _modem.Reply.Unsolicited("+PDP: DEACT");
        }

        return _ofCommands.Take(command) is { } named ? Meet(named) : InPlaceOf(command);
    }

    /// <summary>As <see cref="Intercept"/>, for a line with <c>AT</c> alone.</summary>
    internal CommandOutcome? InterceptEmptyLine() => _ofCommands.Take(Command.Empty) is { } named ? Meet(named) : null;

    /// <summary>What a fault that names a command does to it.</summary>
    private CommandOutcome Meet(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.AnswerError:
                return CommandOutcome.Error;
            case FaultKind.RestartAt:
                _modem.After(TimeSpan.Zero, _modem.Power.Reboot);
                return CommandOutcome.Silent;
            default:
                return CommandOutcome.Silent;
        }
    }

    private CommandOutcome? InPlaceOf(Command command)
    {
        switch (command)
        {
            case { Name: "+CGATT", Form: CommandForm.Read } when Takes(FaultKind.NotAttached):
                _modem.Reply.Information("+CGATT: 0");
                return CommandOutcome.Ok;
            case { Name: "+CPIN", Form: CommandForm.Read } when Takes(FaultKind.PinWithoutResult):
                _modem.Reply.Unsolicited("+CPIN: " + _modem.Sim.StateText);
                return CommandOutcome.Silent;
            case { Name: "+CSTT", Form: CommandForm.Set or CommandForm.Execute } when Takes(FaultKind.RestartAfterCstt):
                _modem.After(RestartDelay, _modem.Power.Reboot);
                return CommandOutcome.Error;
            default:
                return null;
        }
    }

    internal TimeSpan? CommandDelay() =>
        _durations.TryGetValue(FaultKind.SlowAnswers, out var delay) ? delay + _modem.Options.CommandDelay : null;

    internal void ContextIsUp()
    {
        if (_durations.TryGetValue(FaultKind.PdpDeact, out var age))
        {
            _modem.After(age, _modem.Ip.Deactivate);
        }
    }

    /// <summary>AT+CIPSTART leads to nothing, or to nothing for now.</summary>
    internal bool SwallowsConnect(IpLink link)
    {
        if (_durations.Remove(FaultKind.LateConnectFail, out var delay))
        {
            link.GiveUp?.Cancel();
            var connection = link.Connection;
            _modem.After(delay, () => FailLate(link, connection));
            return true;
        }

        if (Lasts(FaultKind.ConnectNever))
        {
            link.GiveUp?.Cancel();
            return true;
        }

        return false;
    }

    /// <summary>A link is open: a fault that found none may have waited for it.</summary>
    internal void Connected(IpLink link)
    {
        foreach (var kind in new[] { FaultKind.Zombie, FaultKind.SilentServer })
        {
            if (Takes(kind))
            {
                _events.Disturb(link, kind);
            }
        }
    }

    /// <summary>How much later the result of a command in two parts comes, this once.</summary>
    internal TimeSpan LateResult() => _durations.Remove(FaultKind.LateResult, out var delay) ? delay : TimeSpan.Zero;

    internal bool FailsNetworkOpen() => Takes(FaultKind.NetworkOpenFails);

    internal bool RefusesOpen() => Takes(FaultKind.OpenRefused);

    /// <summary>What gets between the OK of AT+CIPOPEN and its result.</summary>
    internal void Opening()
    {
        if (Takes(FaultKind.UrcsBeforeResult))
        {
            Array.ForEach(AttachLines, _modem.Reply.Unsolicited);
        }

        if (Takes(FaultKind.RebootInOpen))
        {
            _modem.After(TimeSpan.Zero, _modem.Power.Reboot);
        }
    }

    internal bool HidesData() => Takes(FaultKind.NoData);

    internal bool ConfirmsNothing() => Takes(FaultKind.NothingConfirmed);

    internal bool AddsSpaceToPrompt() => Takes(FaultKind.PromptSpace);

    internal bool EchoesPayload() => Takes(FaultKind.PayloadEcho);

    internal bool UsesOtherNotice => Lasts(FaultKind.OtherNotice);

    internal bool SwallowsReceiveNotice() => Takes(FaultKind.MissingReceiveNotice);

    internal bool FailsTimeServer() => Takes(FaultKind.TimeServerFails);

    internal bool LosesPrompt() => Takes(FaultKind.PromptLost);

    internal bool FailsSend() => Takes(FaultKind.SendFail);

    internal bool FindsBusy() => Takes(FaultKind.CallBusy);

    internal bool FindsNobody() => Takes(FaultKind.CallUnanswered);

    /// <summary>How long after its answer the other side ends this call; <c>null</c> when it does not.</summary>
    internal TimeSpan? CallEndsAfter() => _durations.Remove(FaultKind.CallDropped, out var time) ? time : null;

    /// <summary>The line of DATA ACCEPT, which may have lost its comma, or its colon where there is none.</summary>
    internal string Accepted(string line)
    {
        var lost = line.LastIndexOf(',') is var comma and >= 0 ? comma : line.IndexOf(':', StringComparison.Ordinal);
        return Takes(FaultKind.AcceptDamaged) ? line.Remove(lost, 1) : line;
    }

    internal int AcceptedOf(int length) => length > 1 && Takes(FaultKind.ShortAccept) ? length / 2 : length;

    /// <summary>The payload meets its end before it is confirmed.</summary>
    internal bool EndsSend(IpLink link)
    {
        if (Takes(FaultKind.BrownOut))
        {
            _modem.Reply.Raw(_modem.Model.Words.UnderVoltage(_modem, 1));
            _modem.At(_modem.Line.IdleAt, _modem.Power.Reboot);
            return true;
        }

        if (link.IsOpen && Takes(FaultKind.ClosedInSend))
        {
            _modem.Ip.Connector.Finish(link, LinkState.Closed);
            _modem.Ip.SayClosedInSend(link);
            return true;
        }

        return false;
    }

    internal void BeforeConfirmation()
    {
        if (Takes(FaultKind.UrcBeforeConfirmation))
        {
            _modem.Reply.Unsolicited(_modem.Model.Words.Registered);
        }
    }

    internal void BeforeReadAnswer(IpLink link)
    {
        if (_left.Remove(FaultKind.RepeatedReceiveNotice, out var times))
        {
            for (; times > 0; times--)
            {
                _modem.Reply.Unsolicited(_modem.Ip.NoticeOf(link));
            }
        }
    }

    internal void BeforeReadFinal()
    {
        if (Takes(FaultKind.BlankBeforeFinal))
        {
            _modem.Reply.Raw("\r\n");
        }

        if (Takes(FaultKind.UrcBeforeReadFinal))
        {
            _modem.Reply.Unsolicited(_modem.Model.Words.Registered);
        }
    }

    internal byte[] Truncated(byte[] read) => read.Length > 0 && Takes(FaultKind.TruncatedRead) ? read[..Math.Max(0, read.Length - TruncatedBytes)] : read;

    /// <summary>What the modem makes of the host's bytes.</summary>
    internal byte[] Heard(byte[] bytes) => _noise.On(_hostBytes.On(bytes));

    /// <summary>What the host makes of the modem's bytes.</summary>
    internal byte[] Sent(byte[] bytes) => _noise.On(_modemBytes.On(bytes));

    /// <summary>Ends a fault that lasts, or that waits for its occasion; what it has done already is undone where that can be.</summary>
    internal void Mend(FaultKind kind)
    {
        var lasted = _lasting.Remove(kind);
        _left.Remove(kind);
        _durations.Remove(kind);
        _ofCommands.Remove(kind);
        _noise.Set(kind, 0);
        _sendLimit = kind is FaultKind.SendLimit ? null : _sendLimit;
        if (lasted)
        {
            _events.Mended(kind);
        }
    }

    /// <summary>A reset is what helps against some faults.</summary>
    internal void Booted() => _lasting.Remove(FaultKind.ConnectNever);

    /// <summary>An attempt that the host has closed meanwhile has no result any more.</summary>
    private void FailLate(IpLink link, long connection)
    {
        if (link.Connection != connection)
        {
            return;
        }

        link.End(LinkState.Closed);
        _inNextAnswers.Enqueue(_modem.Ip.FailureOf(link, ConnectFailure.TimedOut));
    }

    private void Strike(Fault fault)
    {
        switch (FaultCatalogue.Of(fault.Kind).Argument)
        {
            case var _ when _events.TryHappen(fault):
                break;
            case var _ when fault.Kind is FaultKind.Zombie or FaultKind.SilentServer:
                _left[fault.Kind] = 1;
                break;
            case FaultArgument.Probability:
                _noise.Set(fault.Kind, fault.Probability);
                break;
            case FaultArgument.Duration:
                StrikeWithDuration(fault);
                break;
            case FaultArgument.Command:
                _ofCommands.Add(fault);
                break;
            case FaultArgument.Bytes:
                _sendLimit = fault.Bytes;
                break;
            case FaultArgument.Count when fault.Kind is FaultKind.ModemByteLost or FaultKind.HostByteLost:
                (fault.Kind is FaultKind.ModemByteLost ? _modemBytes : _hostBytes).LoseAt(fault.Count);
                break;
            case FaultArgument.Count when fault.Kind is FaultKind.BootUrcsInAnswer or FaultKind.NetworkTimeInAnswer:
                PutIntoAnswer(fault);
                break;
            case FaultArgument.Count:
                _left[fault.Kind] = fault.Count;
                break;
            default:
                _lasting.Add(fault.Kind);
                _events.Begun(fault.Kind);
                break;
        }
    }

    private void StrikeWithDuration(Fault fault)
    {
        _durations[fault.Kind] = fault.Duration;
        if (fault.Kind is FaultKind.PdpDeact && _modem.Ip.IsContextUp)
        {
            _modem.After(fault.Duration, _modem.Ip.Deactivate);
        }
    }

    private void PutIntoAnswer(Fault fault)
    {
        var words = _modem.Model.Words;
        var lines = fault.Kind is FaultKind.BootUrcsInAnswer ? words.OfBoot : words.OfNetworkTime;
        for (var i = 0; i < fault.Count; i++)
        {
            _inNextAnswers.Enqueue(lines);
        }
    }

    private bool Lasts(FaultKind kind) => _lasting.Contains(kind);

    private bool Takes(FaultKind kind)
    {
        if (!_left.TryGetValue(kind, out var left))
        {
            return false;
        }

        if (left == 1)
        {
            _left.Remove(kind);
        }
        else
        {
            _left[kind] = left - 1;
        }

        return true;
    }
}
