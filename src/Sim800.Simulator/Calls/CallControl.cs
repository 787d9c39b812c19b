using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Calls;

/// <summary>Voice calls, one at a time: dialled, ringing, answered, ended from either side. There is nothing to hear.</summary>
internal sealed class CallControl(ModemEngine modem)
{
    private static readonly TimeSpan BetweenRings = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AlertsAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswersAfter = TimeSpan.FromSeconds(6);

    /// <summary>How long the network lets the other side ring.</summary>
    private static readonly TimeSpan RingsOut = TimeSpan.FromSeconds(60);

    private VoiceCall? _call;

    /// <summary>Why the last call ended, as AT+CEER tells it (24.008 10.5.4.11).</summary>
    internal ReleaseCause LastRelease { get; private set; }

    /// <summary>The number that ATDL dials again.</summary>
    internal string LastDialled { get; private set; } = "";

    internal bool IsActive => _call is { State: CallState.Active };

    /// <summary>&lt;pas&gt; of AT+CPAS: 0 ready, 3 ringing, 4 a call is in progress.</summary>
    internal int Activity => _call switch { null => 0, { State: CallState.Incoming } => 3, _ => 4 };

    /// <summary>The line of AT+CLCC; <c>null</c> without a call.</summary>
    internal string? Listed => _call is { } call
        ? Invariant($"+CLCC: 1,{(call.IsIncoming ? 1 : 0)},{(int)call.State},0,0,\"{call.Number}\",{Messages.PduFields.TypeOf(call.Number)},\"\"")
        : null;

    /// <summary>ATD with a number and a semicolon. The OK comes at once; how the call goes on is told by URCs.</summary>
    internal CommandOutcome Dial(string number)
    {
        if (_call is not null)
        {
            return CommandOutcome.NotAllowed;
        }

        if (!modem.Radio.IsRegistered)
        {
            return CommandOutcome.NoDialTone;
        }

        LastDialled = number;
        var call = Begin(new VoiceCall(number, isIncoming: false, CallState.Dialling));
        if (modem.Faults.FindsBusy())
        {
            Later(call, AlertsAfter, () => End(ReleaseCause.UserBusy, CommandOutcome.Busy));
            return CommandOutcome.Ok;
        }

        Later(call, AlertsAfter, () => Enter(CallState.Alerting, "MO RING"));
        if (modem.Faults.FindsNobody())
        {
            Later(call, RingsOut, () => End(ReleaseCause.NoAnswer, CommandOutcome.NoAnswer));
        }
        else
        {
            Later(call, AnswersAfter, Connect);
        }

        return CommandOutcome.Ok;
    }

    /// <summary>ATA.</summary>
    internal CommandOutcome Answer()
    {
        if (_call is not { State: CallState.Incoming })
        {
            return CommandOutcome.NoCarrier;
        }

        Connect();
        return CommandOutcome.Ok;
    }

    /// <summary>ATH: this side hangs up, or refuses a call that rings.</summary>
    internal void HangUp()
    {
        if (_call is { } call)
        {
            End(call.State is CallState.Incoming ? ReleaseCause.Rejected : ReleaseCause.Normal, CommandOutcome.Said);
        }
    }

    /// <summary>Somebody calls and gives up after so many rings. Who calls during a call, or during AT+GSMBUSY, finds the line busy.</summary>
    internal void Ring(string number, int rings)
    {
        if (_call is not null || !modem.Radio.IsRegistered || CallSettings.Busy.Of(modem) > 0)
        {
            return;
        }

        var call = Begin(new VoiceCall(number, isIncoming: true, CallState.Incoming));
        for (var ring = 0; ring < rings; ring++)
        {
            var count = ring + 1;
            Later(call, ring * BetweenRings, () => SayRing(call, count));
        }

        Later(call, rings * BetweenRings, () => EndUnanswered(call));
    }

    /// <summary>The other side, or the network, ends the call.</summary>
    internal void Drop()
    {
        if (_call is not null)
        {
            End(ReleaseCause.Normal, CommandOutcome.NoCarrier);
        }
    }

    internal void Reset()
    {
        _call?.Cancel();
        _call = null;
        LastRelease = ReleaseCause.None;
    }

    private VoiceCall Begin(VoiceCall call)
    {
        _call = call;
        modem.CallByCircuits();
        SayListed();
        return call;
    }

    private void Connect()
    {
        Enter(CallState.Active, "MO CONNECTED");
        if (_call is { } call && modem.Faults.CallEndsAfter() is { } time)
        {
            Later(call, time, Drop);
        }
    }

    private void Enter(CallState state, string announcement)
    {
        if (_call is not { } call)
        {
            return;
        }

        call.State = state;
        if (!call.IsIncoming && CallSettings.Announcements.Of(modem) == 1)
        {
            modem.Reply.Unsolicited(announcement);
        }

        SayListed();
    }

    private void SayRing(VoiceCall call, int count)
    {
        if (call.State is not CallState.Incoming)
        {
            return;
        }

        modem.Reply.Ring(CallSettings.ExtendedRing.Of(modem) == 1 ? "+CRING: VOICE" : "RING");
        if (CallSettings.CallerNumber.Of(modem) == 1)
        {
            modem.Reply.Unsolicited(Invariant($"+CLIP: \"{call.Number}\",{Messages.PduFields.TypeOf(call.Number)},\"\",0,\"\",0"));
        }

        if (CallSettings.RingsToAnswer.Of(modem) == count)
        {
            Connect();
        }
    }

    private void EndUnanswered(VoiceCall call)
    {
        if (call.State is CallState.Incoming)
        {
            Drop();
        }
    }

    private void End(ReleaseCause cause, CommandOutcome result)
    {
        _call!.Cancel();
        _call.State = CallState.Ended;
        SayListed();
        _call = null;
        LastRelease = cause;
        modem.Reply.Final(result);
    }

    private void SayListed()
    {
        if (CallSettings.Listing.Of(modem) == 1 && Listed is { } line)
        {
            modem.Reply.Unsolicited(line);
        }
    }

    private void Later(VoiceCall call, TimeSpan time, Action action) => call.Planned.Add(modem.After(time, action));

    /// <summary>&lt;stat&gt; of AT+CLCC, in its numbers.</summary>
    private enum CallState
    {
        Active = 0,
        Dialling = 2,
        Alerting = 3,
        Incoming = 4,
        Ended = 6,
    }

    private sealed class VoiceCall(string number, bool isIncoming, CallState state)
    {
        internal string Number { get; } = number;

        internal bool IsIncoming { get; } = isIncoming;

        internal CallState State { get; set; } = state;

        internal List<Appointment> Planned { get; } = [];

        internal void Cancel() => Planned.ForEach(appointment => appointment.Cancel());
    }
}

/// <summary>Why a call ended, in the numbers of 24.008 10.5.4.11.</summary>
internal enum ReleaseCause
{
    None = 0,
    Normal = 16,
    UserBusy = 17,
    NoAnswer = 19,
    Rejected = 21,
}
