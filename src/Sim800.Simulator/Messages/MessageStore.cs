using System.Globalization;
using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Messages;

/// <summary>The SIM's short messages (27.005) and the USSD dialogue (27.007 7.15).</summary>
internal sealed class MessageStore(ModemEngine modem)
{
    internal const int Capacity = 10;

    private readonly SortedDictionary<int, ShortMessage> _messages = [];
    private int _lastReference;

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

    /// <summary>A message arrives: stored and announced, or handed over at once, as AT+CNMI says.</summary>
    internal void Receive(string sender, string text)
    {
        var time = modem.Clock.Text;
        if (modem.Profile.MessageIndications.Split(',') is [_, "2", ..])
        {
            modem.Reply.Unsolicited($"+CMT: \"{sender}\",\"\",\"{time}\"\r\n{text}");
            return;
        }

        var index = Enumerable.Range(1, Capacity).FirstOrDefault(free => !_messages.ContainsKey(free));
        if (index == 0)
        {
            return;
        }

        _messages[index] = new ShortMessage(index, sender, text, time);
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
        modem.Reply.Unsolicited(code is "*100#" ? "+CUSD: 0, \"Balance: 12.34 EUR\", 15" : "+CUSD: 4"));

    internal void Reset() => Sent.Clear();
}
