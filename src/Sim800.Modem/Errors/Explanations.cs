using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>What a modem's refusal means: (command, result, state) to a sentence and a remedy. The first row that fits is taken.</summary>
internal static class Explanations
{
    private static readonly ExplanationRow[] Rows =
    [
        .. OfSim(),
        .. OfGprs(),
        .. OfLinks(),
        .. OfNetwork(),
        .. OfPlainErrors(),
    ];

    /// <summary>The modem has restarted several times: nearly always its supply breaks down when the transmitter starts.</summary>
    internal static Explanation RepeatedRestarts { get; } = new("The modem keeps restarting.", ModemRemedy.ImproveSupply);

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
            ModemRemedy.SeeManual,
            IsTransient: false);
    }

    internal static Explanation OfSilence(AtCommand command, AtTimeoutReason heard) => heard switch
    {
        _ when command == AtCommand.RawData => new(
            "The modem has held the line back and taken no data for a minute.",
            ModemRemedy.CheckFlowControl),
        AtTimeoutReason.EchoOnly => new(
            $"Only the echo of '{command.Shown}' came back.",
            ModemRemedy.CheckReceiveLine),
        AtTimeoutReason.Garbage => new(
            $"Garbled bytes came instead of an answer to '{command.Shown}'.",
            ModemRemedy.CheckBaudRate),
        AtTimeoutReason.Incomplete => new(
            $"The modem did not finish its answer to '{command.Shown}' in time.",
            ModemRemedy.CheckWiring),
        _ => new(
            $"The modem did not answer '{command.Shown}'.",
            ModemRemedy.SwitchOn),
    };

    internal static Explanation OfBadLine(AtCommand command) => new(
        $"The line is bad: the answer to '{command.Shown}' was lost, and others were damaged before.", ModemRemedy.CheckWiring);

    internal static Explanation OfSuddenSilence(AtCommand command) => new(
        $"The modem has answered before, and does not answer '{command.Shown}'.", ModemRemedy.CheckWiring);

    internal static Explanation OfLostAnswer(AtCommand command) => new(
        $"The answer to '{command.Shown}' was lost, and the modem answers again.", ModemRemedy.CheckWiring);

    private static ExplanationRow[] OfSim() =>
    [
        Row("", CmeError.SimNotInserted, "There is no SIM card in the modem.", ModemRemedy.InsertCard, false),
        Row("", CmeError.SimPinRequired, "The SIM card asks for its PIN.", ModemRemedy.GivePin, false),
        Row("", CmeError.SimPukRequired, "The SIM card is locked and asks for its PUK.", ModemRemedy.EnterPukInPhone, false),
        Row("", CmeError.SimFailure, "The SIM card does not work.", ModemRemedy.CheckCard, false),
        Row("", CmeError.SimBusy, "The SIM card is still busy starting up.", ModemRemedy.WaitForCard),
        Row("", 15, "The SIM card is not the right one for this modem.", ModemRemedy.UseOtherCard, false),
        Row("", CmeError.IncorrectPassword, "The SIM card refused the PIN.", ModemRemedy.CorrectPin, false),
        Row("", CmeError.FunctionStateIs0Or4, "The modem's radio is switched off (CFUN 0 or 4).", ModemRemedy.SwitchRadioOn),
        Row("", 772, "The SIM card is not powered.", ModemRemedy.CheckCard),
    ];

    private static ExplanationRow[] OfNetwork() =>
    [
        Row("", 30, "There is no mobile network.", ModemRemedy.CheckAntenna),
        Row("", 31, "The mobile network did not answer in time.", ModemRemedy.ImproveReception),
        Row("", 32, "The mobile network allows emergency calls only.", ModemRemedy.CheckAccount, false),
        Row("", 103, "The network does not accept this SIM card (illegal MS).", ModemRemedy.ActivateCard, false),
        Row("", 106, "The network does not accept this modem (illegal ME).", ModemRemedy.AskAboutImei, false),
        Row("", 107, "The network does not allow GPRS for this SIM card.", ModemRemedy.ActivateData, false),
        Row("", 111, "This network is not allowed for the SIM card.", ModemRemedy.UseCardOfNetwork, false),
        Row("", 112, "This area is not allowed for the SIM card.", ModemRemedy.UseCardOfNetwork, false),
        Row("", 113, "Roaming is not allowed here for the SIM card.", ModemRemedy.ActivateRoaming, false),
        Row("", 132, "The network does not support the service asked for.", ModemRemedy.CheckApn, false),
        Row("", 133, "The service asked for is not subscribed.", ModemRemedy.CheckApn, false),
        Row("", 134, "The service is temporarily out of order.", ModemRemedy.TryLater),
        Row("", 148, "The network refused GPRS without a reason.", ModemRemedy.CheckApn),
        Row("", 149, "The network refused the access point's user name or password.", ModemRemedy.CorrectApnCredentials, false),
        Row("", 180, "GPRS is not attached.", ModemRemedy.CheckContract),
        Row("", 181, "The modem's TCP/IP stack is busy.", ModemRemedy.TryAgain),
        Row("", 99, "The modem has run out of a resource.", ModemRemedy.FreeResources),
        Row("", 601, "The modem does not know this command.", ModemRemedy.UpdateFirmware, false),
    ];

    private static ExplanationRow[] OfGprs() =>
    [
        Row("AT+CIICR", 0, "PDP DEACT", "The network refused the data connection (PDP context deactivated).",
            ModemRemedy.CheckApnAndCredentials),
        Row("AT+CIICR", CmeError.OperationNotAllowed, "The modem is not ready to bring up the data connection.",
            ModemRemedy.ShutAndTryAgain),
        Row("AT+CSTT", 0, "The modem did not take the access point name (APN).", ModemRemedy.ShutAndTryAgain),
        Row("AT+NETOPEN", 0, "+NETOPEN:", "The network refused the data connection.", ModemRemedy.CheckApnAndCredentials),
        Row("AT+NETOPEN", 0, "ERROR", "The modem does not open its socket service and gives no cause.", ModemRemedy.CheckApnAndFirmware),
        Row("AT+NETCLOSE", 0, "The modem does not close its socket service.", ModemRemedy.TryAgain),
        Row("AT+CGDCONT", 0, "The modem did not take the access point name (APN).", ModemRemedy.TryAgain),
        Row("AT+CIPRXGET=1", 0, "The modem refused the link settings.", ModemRemedy.RebuildContext),
        Row("AT+CIFSR", 0, "The modem has no IP address.", ModemRemedy.RebuildContext),
        Row("AT+CIPMUX", 0, "The modem refused the link settings.", ModemRemedy.ShutAndTryAgain),
        Row("AT+SAPBR", CmeError.OperationNotAllowed, "The bearer is already in the state asked for, or GPRS is not attached.",
            ModemRemedy.CloseBearer),
    ];

    private static ExplanationRow[] OfLinks() =>
    [
        Row("AT+CIPSTART", 0, "PDP DEACT", "The network has taken the data connection away.", ModemRemedy.RebuildContext),
        Row("AT+CIPSTART", 0, "IP INITIAL", "The modem has lost the data connection, probably by a restart.", ModemRemedy.ImproveSupply),
        Row("AT+CIPOPEN", 0, "+NETOPEN: 0", "The modem's socket service has closed without a word.", ModemRemedy.RebuildContext),
        Row("AT+CIPOPEN", 0, "The modem refused to connect and gave no cause.", ModemRemedy.TryAgain),
        Row("AT+CIPSTART", CmeError.OperationNotAllowed, "The modem is in no state to open a connection, or did not understand the address.",
            ModemRemedy.CheckAddress),
        Row("AT+CIPSTART", 160, "The host's name could not be resolved.", ModemRemedy.CheckHostName),
        Row("AT+CIPSTART", 161, "The connection could not be opened.", ModemRemedy.CheckHostAndPort),
        Row("AT+CIPSEND", CmeError.OperationNotAllowed, "The connection is no longer open.", ModemRemedy.ConnectAgain),
        Row("AT+CIPSEND", 0, "The modem refused to send on the connection, which is closed or was forgotten by a restart.", ModemRemedy.ConnectAgain),
        Row("AT+CIPCLOSE", CmeError.OperationNotAllowed, "The connection was already closed.", ModemRemedy.NothingToDo),
    ];

    /// <summary>Chapter 8 knows ERROR without a cause, which may be a matter of the moment.</summary>
    private static ExplanationRow[] OfPlainErrors() =>
    [
        Row("AT+CIICR", 0, "The modem could not bring up the data connection and gave no cause.", ModemRemedy.ShutAndTryAgain),
        Row("AT+CIPSTART", 0, "The modem refused to connect and gave no cause.", ModemRemedy.TryAgain),
        Row("AT+CIPSHUT", 0, "The modem could not set its IP stack back.", ModemRemedy.TryAgain),
        Row("AT+CGATT", 0, "GPRS could not be attached.", ModemRemedy.CheckContract),
        Row("AT+CDNSCFG", 0, "The modem did not take the DNS servers.", ModemRemedy.ShutAndTryAgain),
        Row("AT+CIP", 0, "The modem refused the link settings.", ModemRemedy.ShutAndTryAgain),
    ];

    private static ExplanationRow Row(string command, int code, string what, ModemRemedy remedy, bool isTransient = true) =>
        new(command, code, null, new Explanation(what, remedy, isTransient));

    private static ExplanationRow Row(string command, int code, string state, string what, ModemRemedy remedy) =>
        new(command, code, state, new Explanation(what, remedy));
}
