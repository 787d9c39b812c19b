using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Messages;

/// <summary>Short messages (27.005): what arrives and how the host hears of it, what is sent and what is reported about it.</summary>
internal sealed class MessageStore(ModemEngine modem)
{
    /// <summary>From the network's acknowledgement of a message to the receiver's telephone.</summary>
    private static readonly TimeSpan DeliveryTime = TimeSpan.FromSeconds(2);

    private readonly Queue<string> _withheld = new();
    private int _lastReference;
    private int _lastReceived;

    internal MessageMemories Memories { get; } = new();

    /// <summary>AT+CSCA.</summary>
    internal string ServiceCentre { get; set; } = "+491710760000";

    /// <summary>AT+CSDH=1.</summary>
    internal bool ShowsDetails { get; set; }

    /// <summary>What the host has sent, for tests to look at.</summary>
    internal Queue<(string Number, string Text)> Sent { get; } = new();

    private TextView View => new(modem.Profile, ShowsDetails);

    private bool IsTextMode => modem.Profile.MessageFormat == 1;

    /// <summary>A message arrives, in as many segments as it takes, in the memory that AT+CPMS has chosen or in that one.</summary>
    internal void Receive(string sender, string text, string? memory = null)
    {
        var pieces = DeliverPdu.Cut(text);
        _lastReceived = (_lastReceived + 1) & 0xFF;
        for (var i = 0; i < pieces.Count; i++)
        {
            DeliverPdu.Segment? segment = pieces.Count > 1 ? new DeliverPdu.Segment(_lastReceived, pieces.Count, i + 1) : null;
            Receive(DeliverPdu.Of(sender, pieces[i], modem.Clock.Text, segment), memory);
        }
    }

    /// <summary>Stored and announced, or handed over at once, as AT+CNMI says.</summary>
    internal void Receive(Tpdu tpdu, string? memory = null)
    {
        modem.MessageByCircuits();
        var delivers = modem.Profile.MessageIndications.Delivers;
        if (tpdu.Kind is Tpdu.StatusReport)
        {
            ReceiveReport(tpdu);
        }
        else if (delivers == 2 && memory is null)
        {
            Indicate(IsTextMode ? "+CMT: " + View.Delivered(tpdu) : Invariant($"+CMT: \"\",{tpdu.Octets.Length}\r\n{tpdu.Hex}"));
        }
        else if (Memories.Add(memory ?? Memories.Receiving, tpdu, MessageStatus.Unread) is { } stored && delivers > 0)
        {
            var (name, index) = Memories.PlaceOf(stored);
            Indicate(Invariant($"+CMTI: \"{name}\",{index}"));
        }
    }

    /// <summary>A message of a memory as AT+CMGR shows it.</summary>
    internal string Show(StoredMessage message) => IsTextMode
        ? $"+CMGR: \"{message.StatusName}\",{View.Read(message.Tpdu, ServiceCentre)}"
        : Invariant($"+CMGR: {(int)message.Status},\"\",{message.Tpdu.Octets.Length}\r\n{message.Tpdu.Hex}");

    /// <summary>A message of a memory as AT+CMGL shows it.</summary>
    internal string ShowListed(int index, StoredMessage message) => IsTextMode
        ? Invariant($"+CMGL: {index},\"{message.StatusName}\",{View.Listed(message.Tpdu)}")
        : Invariant($"+CMGL: {index},{(int)message.Status},\"\",{message.Tpdu.Octets.Length}\r\n{message.Tpdu.Hex}");

    /// <summary>The network takes a message: the reference comes as the answer to the command, a report later if asked for.</summary>
    internal void Send(string command, string number, string text, bool wantsReport) => modem.After(modem.Options.RoundTripTime, () =>
    {
        if (!modem.Radio.IsRegistered)
        {
            modem.Interpreter.Complete(CommandOutcome.Cms(CmsError.Unknown));
            return;
        }

        modem.MessageByCircuits();
        Sent.Enqueue((number, text));
        var reference = _lastReference = (_lastReference + 1) & 0xFF;
        modem.Reply.Information(Invariant($"{command}: {reference}"));
        modem.Interpreter.Complete(CommandOutcome.Ok);
        if (wantsReport)
        {
            var sent = modem.Clock.Text;
            modem.After(DeliveryTime, () => Receive(DeliverPdu.ReportOf(reference, number, sent, modem.Clock.Text)));
        }
    });

    /// <summary>What AT+CNMI had withheld is told once it no longer does, unless its &lt;bfr&gt; clears it.</summary>
    internal void IndicationsChanged()
    {
        var (mode, _, _, _, buffer) = modem.Profile.MessageIndications;
        if (mode > 0 && buffer == 1)
        {
            _withheld.Clear();
        }

        while (mode > 0 && _withheld.TryDequeue(out var line))
        {
            modem.Reply.Unsolicited(line);
        }
    }

    internal void Reset()
    {
        Sent.Clear();
        _withheld.Clear();
        Memories.Reset();
        ShowsDetails = false;
    }

    private void ReceiveReport(Tpdu report)
    {
        switch (modem.Profile.MessageIndications.Reports)
        {
            case 1:
                Indicate(IsTextMode ? "+CDS: " + View.Report(report) : Invariant($"+CDS: {report.Octets.Length}\r\n{report.Hex}"));
                break;
            case 2 when Memories.Add(Memories.Receiving, report, MessageStatus.Unread) is { } stored:
                var (name, index) = Memories.PlaceOf(stored);
                Indicate(Invariant($"+CDSI: \"{name}\",{index}"));
                break;
            default:
                break;
        }
    }

    private void Indicate(string line)
    {
        if (modem.Profile.MessageIndications.Mode == 0)
        {
            _withheld.Enqueue(line);
        }
        else
        {
            modem.Reply.Unsolicited(line);
        }
    }
}

/// <summary>The numbers of <c>+CMS ERROR</c> that the modem uses (27.005 3.2.5).</summary>
internal static class CmsError
{
    internal const int NotAllowed = 302;
    internal const int InvalidPduParameter = 304;
    internal const int InvalidTextParameter = 305;
    internal const int InvalidIndex = 321;
    internal const int MemoryFull = 322;
    internal const int Unknown = 500;
}
