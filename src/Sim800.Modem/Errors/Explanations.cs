using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>What a modem's refusal means: (command, result, state) to a sentence and a remedy. The first row that fits is taken.</summary>
internal static class Explanations
{
    private const string PowerRemedy =
        "Feed it from 3.4 to 4.4 V with 2 A peaks: short thick wires and 1000 uF at its pins, never a 5 V or 3.3 V regulator of a board.";

    private static readonly ExplanationRow[] Rows =
    [
        .. OfSim(),
        .. OfGprs(),
        .. OfLinks(),
        .. OfNetwork(),
    ];

    /// <summary>The modem has restarted several times: nearly always its supply breaks down when the transmitter starts.</summary>
    internal static Explanation RepeatedRestarts { get; } = new("The modem keeps restarting.", PowerRemedy);

    internal static Explanation Of(in ModemFailure failure)
    {
        foreach (var row in Rows)
        {
            if (row.Fits(failure))
            {
                return row.Explanation;
            }
        }

        return new Explanation(
            $"The modem answered '{failure.Answer}' to '{failure.Command.Shown}'.",
            "Look the command up in the SIM800 AT Command Manual; the state may not allow it.",
            IsTransient: false);
    }

    internal static Explanation OfSilence(AtCommand command, AtHeard heard) => heard switch
    {
        _ when command == AtCommand.RawData => new(
            "The modem has held the line back and taken no data for a minute.",
            "Check CTS, which hardware flow control needs, and that the modem is switched on."),
        AtHeard.EchoOnly => new(
            $"Only the echo of '{command.Shown}' came back.",
            "Check that TXD and RXD are crossed and not joined, and that the modem is switched on."),
        AtHeard.Garbage => new(
            $"Garbled bytes came instead of an answer to '{command.Shown}'.",
            "Check the baud rate, and that modem and host share a ground wire."),
        AtHeard.Text => new(
            $"The modem did not finish its answer to '{command.Shown}' in time.",
            "Check the supply and the wiring of the modem; bytes may be lost on the line."),
        _ => new(
            $"The modem did not answer '{command.Shown}'.",
            "Check that the modem is switched on (PWRKEY low for a second), that TXD and RXD are crossed, and the baud rate."),
    };

    private static ExplanationRow[] OfSim() =>
    [
        Row("", CmeError.SimNotInserted, "There is no SIM card in the modem.", "Insert a SIM card, contacts towards the board, and restart the modem.", false),
        Row("", CmeError.SimPinRequired, "The SIM card asks for its PIN.", "Give the PIN, or switch its query off in a phone.", false),
        Row("", CmeError.SimPukRequired, "The SIM card is locked and asks for its PUK.", "Unlock it in a phone with the PUK from the operator's letter.", false),
        Row("", CmeError.SimFailure, "The SIM card does not work.", "Clean its contacts, try it in a phone, and check the modem's supply.", false),
        Row("", CmeError.SimBusy, "The SIM card is still busy starting up.", "Wait a few seconds and try again."),
        Row("", 15, "The SIM card is not the right one for this modem.", "Use a card of the operator that the modem is locked to.", false),
        Row("", CmeError.IncorrectPassword, "The SIM card refused the PIN.", "Correct the PIN before trying again: after three refusals the card locks itself.", false),
        Row("", CmeError.FunctionStateIs0Or4, "The modem's radio is switched off (CFUN 0 or 4).", "Switch it on with AT+CFUN=1."),
        Row("", 772, "The SIM card is not powered.", "Check the card's contacts and restart the modem."),
    ];

    private static ExplanationRow[] OfNetwork() =>
    [
        Row("", 30, "There is no mobile network.", "Check the antenna and its plug, and that a 2G network still exists here."),
        Row("", 31, "The mobile network did not answer in time.", "Improve the antenna's place and try again."),
        Row("", 32, "The mobile network allows emergency calls only.", "Check with the operator that the SIM card is active and may roam here.", false),
        Row("", 103, "The network does not accept this SIM card (illegal MS).", "Ask the operator to activate the card.", false),
        Row("", 106, "The network does not accept this modem (illegal ME).", "Ask the operator whether the modem's IMEI is blocked.", false),
        Row("", 107, "The network does not allow GPRS for this SIM card.", "Have the data service activated in the card's contract.", false),
        Row("", 111, "This network is not allowed for the SIM card.", "Use a card that may use this network.", false),
        Row("", 112, "This area is not allowed for the SIM card.", "Use a card that may be used here.", false),
        Row("", 113, "Roaming is not allowed here for the SIM card.", "Have roaming activated in the card's contract.", false),
        Row("", 132, "The network does not support the service asked for.", "Check the access point name (APN) with the operator.", false),
        Row("", 133, "The service asked for is not subscribed.", "Check the access point name (APN), and that the contract includes data.", false),
        Row("", 134, "The service is temporarily out of order.", "Try again later."),
        Row("", 148, "The network refused GPRS without a reason.", "Check the access point name (APN), and the card's credit."),
        Row("", 149, "The network refused the access point's user name or password.", "Correct the APN user and password; many operators want both empty.", false),
        Row("", 180, "GPRS is not attached.", "Check that the contract includes data, and the signal."),
        Row("", 181, "The modem's TCP/IP stack is busy.", "Try again in a moment."),
        Row("", 99, "The modem has run out of a resource.", "Close other connections, or restart the modem."),
        Row("", 601, "The modem does not know this command.", "Update its firmware or do without the function.", false),
    ];

    private static ExplanationRow[] OfGprs() =>
    [
        Row("AT+CIICR", 0, "PDP DEACT", "The network refused the data connection (PDP context deactivated).",
            "Check the access point name (APN), its user and password, and the card's credit."),
        Row("AT+CIICR", CmeError.OperationNotAllowed, "The modem is not ready to bring up the data connection.",
            "Its state is rebuilt with AT+CIPSHUT; try again."),
        Row("AT+CSTT", 0, "The modem did not take the access point name (APN).", "It takes one only in state IP INITIAL; try again after AT+CIPSHUT."),
        Row("AT+CIFSR", 0, "The modem has no IP address.", "The network took the data connection away; try again."),
        Row("AT+CIPMUX", 0, "The modem refused the link settings.", "They can be changed only with the IP stack shut; try again after AT+CIPSHUT."),
        Row("AT+SAPBR", CmeError.OperationNotAllowed, "The bearer is already in the state asked for, or GPRS is not attached.",
            "Close the bearer with AT+SAPBR=0,1 and try again."),
    ];

    private static ExplanationRow[] OfLinks() =>
    [
        Row("AT+CIPSTART", 0, "PDP DEACT", "The network has taken the data connection away.", "It is set up again at the next attempt."),
        Row("AT+CIPSTART", 0, "IP INITIAL", "The modem has lost the data connection, probably by a restart.", PowerRemedy),
        Row("AT+CIPSTART", CmeError.OperationNotAllowed, "The modem is in no state to open a connection, or did not understand the address.",
            "Check host and port; the data connection is rebuilt at the next attempt."),
        Row("AT+CIPSTART", 160, "The host's name could not be resolved.", "Check the spelling of the host name; a DNS server can be set in the options."),
        Row("AT+CIPSTART", 161, "The connection could not be opened.", "Check host and port."),
        Row("AT+CIPSEND", CmeError.OperationNotAllowed, "The connection is no longer open.", "Open it again."),
        Row("AT+CIPSEND", 0, "The modem refused to send on the connection, which is closed or was forgotten by a restart.", "Open it again."),
        Row("AT+CIPCLOSE", CmeError.OperationNotAllowed, "The connection was already closed.", "Nothing needs to be done."),
    ];

    private static ExplanationRow Row(string command, int code, string what, string remedy, bool isTransient = true) =>
        new(command, code, null, new Explanation(what, remedy, isTransient));

    private static ExplanationRow Row(string command, int code, string state, string what, string remedy) =>
        new(command, code, state, new Explanation(what, remedy));
}
