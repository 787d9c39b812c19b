using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Messages;

/// <summary>The USSD dialogue (27.007 7.15): the network answers the codes of <see cref="VirtualModemOptions.UssdAnswers"/>.</summary>
internal sealed class Ussd(ModemEngine modem)
{
    /// <summary>AT+CUSD=0 takes the answers away.</summary>
    internal bool IsPresented { get; set; } = true;

    /// <summary>AT+CUSD=1,"code": the answer of the network is a URC; 4 is "not supported".</summary>
    internal void Ask(string code) => modem.After(modem.Options.RoundTripTime, () =>
    {
        modem.MessageByCircuits();
        if (!IsPresented)
        {
            return;
        }

        modem.Reply.Unsolicited(modem.Options.UssdAnswers.TryGetValue(code, out var answer)
            ? modem.Model.Words.UssdAnswer(modem.Profile.CharacterSet, answer)
            : "+CUSD: 4");
    });

    internal void Reset() => IsPresented = true;
}
