namespace Sim800.Modem.Sms;

/// <summary>What the codes of <c>+CMS ERROR</c> mean (3GPP TS 27.005 §3.2.5, 24.011 E.2): a sentence and a remedy.</summary>
internal static class SmsRefusal
{
    private static readonly (int Code, string What, string Remedy)[] Rows =
    [
        (1, "The number is not in use", "Check the number."),
        (8, "The operator bars messages from this SIM card", "Have messages activated in the card's contract."),
        (10, "Messages from this SIM card are barred", "Have messages activated in the card's contract."),
        (21, "The network rejected the message", "Check the number, and the card's credit."),
        (27, "The receiver cannot be reached", "Try again later."),
        (28, "The network does not know the receiver", "Check the number."),
        (29, "The network rejected the message service", "Have messages activated in the card's contract."),
        (30, "The network does not know this SIM card", "Ask the operator to activate the card."),
        (38, "The network is out of order", "Try again later."),
        (41, "The network failed for a moment", "Try again later."),
        (42, "The network is congested", "Try again later."),
        (47, "The network has no room for the message", "Try again later."),
        (50, "Messages are not in the card's contract", "Have messages activated in the card's contract."),
        (69, "The network does not support messages", "Use another operator."),
        (302, "The modem does not allow it now", "Wait until it is registered, and try again."),
        (304, "The modem did not accept the PDU", "Check the number; report the text if it persists."),
        (310, "There is no SIM card in the modem", "Insert a SIM card."),
        (311, "The SIM card asks for its PIN", "Give the PIN."),
        (313, "The SIM card does not work", "Clean its contacts and try it in a phone."),
        (314, "The SIM card is busy", "Try again in a few seconds."),
        (321, "There is no message at this place", "List the messages again."),
        (322, "The store is full", "Delete messages."),
        (330, "The SIM card has no number of a service centre", "Set it with AT+CSCA; the operator knows it."),
        (331, "There is no mobile network", "Check the antenna."),
        (332, "The mobile network did not answer in time", "Try again later."),
        (500, "The modem gives no reason", "Check the card's credit and the signal, and try again."),
        (512, "The modem is not ready for messages", "Wait for 'SMS Ready' after the start, and try again."),
    ];

    internal static (string What, string Remedy) Of(int? code)
    {
        foreach (var (known, what, remedy) in Rows)
        {
            if (known == code)
            {
                return (what, remedy);
            }
        }

        return ("The modem gives no known reason", "Check the card's credit and the signal, and try again.");
    }
}
