using System.Globalization;
using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Messages;

/// <summary>The SIM's short messages (27.005) and the USSD dialogue (27.007 7.15).</summary>
internal sealed class MessageStore(ModemEngine modem)
{
    internal const int Capacity = 10;

    private const string Balance = "Balance: 12.34 EUR";

    private readonly SortedDictionary<int, ShortMessage> _messages = [];
    private int _lastReference;
    private int _lastReceived;

    internal IEnumerable<ShortMessage> All => _messages.Values;

    internal int Count => _messages.Count;

    /// <summary>What the host has sent, for tests to look at.</summary>
    internal Queue<(string Number, string Text)> Sent { get; } = new();

    internal ShortMessage? Find(int index) => _messages.GetValueOrDefault(index);

    internal bool Delete(int index) => _messages.Remove(index);

    internal void DeleteAll(Func<ShortMessage, bool> which)
    {
        foreach (var message in _messages.Values.Where(which).ToArray())
        {
            _messages.Remove(message.Index);
        }
    }

    /// <summary>A message arrives, in as many segments as it takes.</summary>
    internal void Receive(string sender, string text)
    {
        var pieces = DeliverPdu.Cut(text);
        _lastReceived = (_lastReceived + 1) & 0xFF;
        for (var i = 0; i < pieces.Count; i++)
        {
            SegmentNumber? segment = pieces.Count > 1 ? new SegmentNumber(_lastReceived, pieces.Count, i + 1) : null;
            Receive(new ShortMessage(0, sender, pieces[i], modem.Clock.Text, segment));
        }
    }

    /// <summary>How the modem shows a message: as text, or in PDU mode as that.</summary>
    internal string Show(string header, string place, ShortMessage message)
    {
        if (modem.Profile.MessageFormat == 1)
        {
            return $"{header} {place}\"{message.Status}\",{InTextMode(message)}";
        }

        var pdu = DeliverPdu.Of(message);
        return Invariant($"{header} {place}{message.StatusNumber},\"\",{pdu.Length}\r\n{pdu.Hex}");
    }

    private string InTextMode(ShortMessage message)
    {
        var set = modem.Profile.CharacterSet;
        return $"\"{CharacterSet.ShownNumber(set, message.Sender)}\",\"\",\"{message.Time}\"\r\n{CharacterSet.Shown(set, message.Text)}";
    }

    /// <summary>Stored and announced, or handed over at once, as AT+CNMI says.</summary>
    private void Receive(ShortMessage message)
    {
        if (modem.Profile.MessageIndications.Split(',') is [_, "2", ..])
        {
            modem.Reply.Unsolicited(modem.Profile.MessageFormat == 1
                ? "+CMT: " + InTextMode(message)
                : Invariant($"+CMT: \"\",{DeliverPdu.Of(message).Length}\r\n{DeliverPdu.Of(message).Hex}"));
            return;
        }

        var index = Enumerable.Range(1, Capacity).FirstOrDefault(free => !_messages.ContainsKey(free));
        if (index == 0)
        {
            return;
        }

        _messages[index] = message with { Index = index };
        if (modem.Profile.MessageIndications.Split(',') is [not "0", "1", ..])
        {
            modem.Reply.Unsolicited(Invariant($"+CMTI: \"SM\",{index}"));
        }
    }

    /// <summary>AT+CMGS, after Ctrl-Z: the reference comes when the network has taken the message.</summary>
    internal void Send(string number, string text) => modem.After(modem.Options.RoundTripTime, () =>
    {
        if (!modem.Radio.IsRegistered)
        {
            modem.Interpreter.Complete(CommandOutcome.Cms(500));
            return;
        }

        Sent.Enqueue((number, text));
        _lastReference = (_lastReference + 1) & 0xFF;
        modem.Reply.Information("+CMGS: " + _lastReference.ToString(CultureInfo.InvariantCulture));
        modem.Interpreter.Complete(CommandOutcome.Ok);
    });

    /// <summary>AT+CUSD=1,"code": the answer of the network is a URC.</summary>
    internal void Ask(string code) => modem.After(modem.Options.RoundTripTime, () =>
    {
        var set = modem.Profile.CharacterSet;
        modem.Reply.Unsolicited(code is "*100#"
            ? Invariant($"+CUSD: 0, \"{CharacterSet.Shown(set, Balance)}\", {CharacterSet.CodingOf(set, Balance)}")
            : "+CUSD: 4");
    });

    internal void Reset() => Sent.Clear();
}
