namespace Sim800.Modem.Sms;

/// <summary>What the codes of <c>+CMS ERROR</c> mean (3GPP TS 27.005 §3.2.5, 24.011 E.2): a sentence and a remedy.</summary>
internal static class SmsRefusal
{
    private static readonly (int Code, string What, ModemRemedy Remedy)[] Rows =
    [
        (1, "The number is not in use", ModemRemedy.CheckNumber),
        (8, "The operator bars messages from this SIM card", ModemRemedy.ActivateMessages),
        (10, "Messages from this SIM card are barred", ModemRemedy.ActivateMessages),
        (21, "The network rejected the message", ModemRemedy.CheckNumber),
        (27, "The receiver cannot be reached", ModemRemedy.TryLater),
        (28, "The network does not know the receiver", ModemRemedy.CheckNumber),
        (29, "The network rejected the message service", ModemRemedy.ActivateMessages),
        (30, "The network does not know this SIM card", ModemRemedy.ActivateCard),
        (38, "The network is out of order", ModemRemedy.TryLater),
        (41, "The network failed for a moment", ModemRemedy.TryLater),
        (42, "The network is congested", ModemRemedy.TryLater),
        (47, "The network has no room for the message", ModemRemedy.TryLater),
        (50, "Messages are not in the card's contract", ModemRemedy.ActivateMessages),
        (69, "The network does not support messages", ModemRemedy.UseOtherOperator),
        (302, "The modem does not allow it now", ModemRemedy.WaitForRegistration),
        (304, "The modem did not accept the PDU", ModemRemedy.CheckNumberOrReport),
        (310, "There is no SIM card in the modem", ModemRemedy.InsertCard),
        (311, "The SIM card asks for its PIN", ModemRemedy.GivePin),
        (313, "The SIM card does not work", ModemRemedy.CheckCard),
        (314, "The SIM card is busy", ModemRemedy.WaitForCard),
        (321, "There is no message at this place", ModemRemedy.ListMessages),
        (322, "The store is full", ModemRemedy.DeleteMessages),
        (330, "The SIM card has no number of a service centre", ModemRemedy.SetServiceCentre),
        (331, "There is no mobile network", ModemRemedy.CheckAntenna),
        (332, "The mobile network did not answer in time", ModemRemedy.TryLater),
        (500, "The modem gives no reason", ModemRemedy.CheckCreditAndSignal),
        (512, "The modem is not ready for messages", ModemRemedy.WaitForMessageService),
    ];

    internal static (string What, ModemRemedy Remedy) Of(int? code)
    {
        foreach (var (known, what, remedy) in Rows)
        {
            if (known == code)
            {
                return (what, remedy);
            }
        }

        return ("The modem gives no known reason", ModemRemedy.CheckCreditAndSignal);
    }
}
