using Sim800.Modem.Serial;

namespace Sim800.Modem;

/// <summary>Remedies in words, one sentence each.</summary>
internal static class ModemRemedyText
{
    internal static string Of(ModemRemedy remedy) =>
        OfLine(remedy) ?? OfModem(remedy) ?? OfSim(remedy) ?? OfNetwork(remedy) ?? OfGprs(remedy) ?? OfTcp(remedy) ?? OfServices(remedy)
        ?? throw new ArgumentOutOfRangeException(nameof(remedy), remedy, "There is no text for this remedy.");

    private static string? OfLine(ModemRemedy remedy) => remedy switch
    {
        ModemRemedy.ChooseDevice => "Plug in the adapter or give another device: 'ls /dev/ttyUSB* /dev/ttyAMA* /dev/serial*' shows what is there.",
        ModemRemedy.ReleaseDevice => "End that process: 'fuser' with the path of the device names it, and ModemManager and a login console are the usual ones.",
        ModemRemedy.JoinDeviceGroup => "Join the group that owns it, usually with 'sudo usermod -aG dialout $USER', and log in again.",
        ModemRemedy.GiveSerialDevice => "Give a device such as /dev/ttyUSB0 or /dev/serial0.",
        ModemRemedy.CheckAdapter => "Check the cable and the adapter's supply, then open the device again.",
        ModemRemedy.ChooseBaudRate => $"Choose one of {string.Join(", ", BaudRate.Supported)}, or another adapter.",
        ModemRemedy.ChooseAdapter => "Use an adapter that has the line, or do without it.",
        ModemRemedy.SeeSystemLog => "Look into the system's log with 'dmesg'.",
        ModemRemedy.OpenAgain => "Open the modem again.",
        ModemRemedy.CheckFlowControl => "Check CTS, which hardware flow control needs, and that the modem is switched on.",
        ModemRemedy.CheckReceiveLine => "Check that TXD and RXD are crossed and not joined, and that the modem is switched on.",
        ModemRemedy.CheckBaudRate => "Check the baud rate, that modem and host share a ground wire, and flow control.",
        ModemRemedy.CheckWiring =>
            "Bytes are lost or damaged on the line: check the baud rate, the ground wire and flow control (a lower rate, or RTS and CTS wired), "
            + "then the modem's supply.",
        ModemRemedy.SwitchOn => "Check that the modem is switched on (PWRKEY low for a second), that TXD and RXD are crossed, and the baud rate.",
        ModemRemedy.LowerBaudRate => "Connect again; use a lower baud rate or wire RTS and CTS.",
        _ => null,
    };

    private static string? OfModem(ModemRemedy remedy) => remedy switch
    {
        ModemRemedy.ImproveSupply =>
            "Feed it from 3.4 to 4.2 V with 2 A peaks: short thick wires and 1000 uF at its pins, never a 5 V or 3.3 V regulator of a board.",
        ModemRemedy.WatchSupply => "Try again; when it happens often, the modem's supply breaks down (3.4 to 4.2 V, 2 A peaks).",
        ModemRemedy.SeeManual => "Look the command up in the AT command manual of the modem; the state may not allow it.",
        ModemRemedy.ReportAnswer => "Check baud rate and ground if it looks garbled; otherwise read it with a raw command and report the firmware.",
        ModemRemedy.UpdateFirmware => "Update its firmware or do without the function.",
        ModemRemedy.FreeResources => "Close other connections, or restart the modem.",
        ModemRemedy.ForceFamily => "If it speaks the commands of a known family, force that with ModemOptions.Family.",
        ModemRemedy.UseOtherModem => "Use a SIM800, SIM7000, A7670, A7672, A7608, SIM7600 or SIM7500.",
        ModemRemedy.RemoveOption => "Leave the setting at its default.",
        ModemRemedy.DoWithout => "Do without it, or use a modem of another family.",
        ModemRemedy.SwitchRadioOn => "Switch it on with AT+CFUN=1.",
        ModemRemedy.TryAgain => "Try again in a moment.",
        ModemRemedy.TryLater => "Try again later.",
        ModemRemedy.NothingToDo => "Nothing needs to be done.",
        _ => null,
    };

    private static string? OfSim(ModemRemedy remedy) => remedy switch
    {
        ModemRemedy.GivePin => "Give the PIN, or switch its query off in a phone.",
        ModemRemedy.CorrectPin => "Make sure of the PIN before trying again: after three refusals the card locks itself.",
        ModemRemedy.EnterPinInPhone => "Enter the right PIN in a phone, which gives back all three tries, then start again.",
        ModemRemedy.EnterPukInPhone => "Unlock it in a phone with the PUK from the operator's letter.",
        ModemRemedy.InsertCard => "Insert a SIM card, contacts towards the board, and restart the modem.",
        ModemRemedy.CheckCard => "Clean its contacts, try it in a phone, and check the modem's supply.",
        ModemRemedy.UseOtherCard => "Use the card that the modem is locked to, or unlock the modem.",
        ModemRemedy.WaitForCard => "Wait a few seconds and try again.",
        _ => null,
    };

    private static string? OfNetwork(ModemRemedy remedy) => remedy switch
    {
        ModemRemedy.CheckAntenna => "Check the antenna and its plug, and that a network for this modem still exists here: a SIM800 needs 2G.",
        ModemRemedy.CheckAntennaAndRadio => "Check the antenna and its plug, and that the radio is on (AT+CFUN=1).",
        ModemRemedy.ImproveReception => "Improve the antenna's place and try again.",
        ModemRemedy.CheckAccount =>
            "Check with the operator that the SIM card is active, has credit and may roam here, and, for a SIM800, that it still has 2G: many operators have closed it.",
        ModemRemedy.ActivateCard => "Ask the operator to activate the card.",
        ModemRemedy.AskAboutImei => "Ask the operator whether the modem's IMEI is blocked.",
        ModemRemedy.UseCardOfNetwork => "Use a card that may use this network here.",
        ModemRemedy.ActivateRoaming => "Have roaming activated in the card's contract.",
        ModemRemedy.ActivateData => "Have the data service activated in the card's contract.",
        ModemRemedy.CheckCreditAndSignal => "Check the card's credit and the signal, and try again.",
        _ => null,
    };

    private static string? OfGprs(ModemRemedy remedy) => remedy switch
    {
        ModemRemedy.CheckContract => "Check that the contract includes data, and the signal.",
        ModemRemedy.CheckApn => "Check the access point name (APN) with the operator, that the contract includes data, and the card's credit.",
        ModemRemedy.CorrectApnCredentials => "Correct the APN user and password; many operators want both empty.",
        ModemRemedy.CheckApnAndFirmware =>
            "Check the access point name (APN), its user and password, and whether the firmware is one that is known to fail here ('AT+SIMCOMATI' names it).",
        ModemRemedy.CheckApnAndCredentials => "Check the access point name (APN), its user and password, and the card's credit.",
        ModemRemedy.ShutAndTryAgain => "Try again: the next attempt begins with AT+CIPSHUT, which sets the IP stack back.",
        ModemRemedy.RebuildContext => "Try again: the next attempt sets the data connection up anew.",
        ModemRemedy.CloseBearer => "Close the bearer with AT+SAPBR=0,1 and try again.",
        _ => null,
    };

    private static string? OfTcp(ModemRemedy remedy) => remedy switch
    {
        ModemRemedy.CheckHostName => "Check the spelling of the host name; a DNS server can be set in the options.",
        ModemRemedy.CheckHostAndPort => "Check host name and port, and that the server can be reached from the Internet.",
        ModemRemedy.CheckAddress => "Check host and port; the data connection is rebuilt at the next attempt.",
        ModemRemedy.CheckPort => "Check that the port is the right one and that the server accepts this network.",
        ModemRemedy.CloseConnection => "Close one of them first.",
        ModemRemedy.ConnectAgain => "Connect again.",
        ModemRemedy.KeepConnection => "Use the connection only until it is disposed.",
        ModemRemedy.ReadFaster => "Read faster, or use the manual receive mode.",
        _ => null,
    };

    private static string? OfServices(ModemRemedy remedy) => remedy switch
    {
        ModemRemedy.CheckNumber => "Check the number, and the card's credit.",
        ModemRemedy.CheckNumberOrReport => "Check the number; report the text if it persists.",
        ModemRemedy.ActivateMessages => "Have messages activated in the card's contract.",
        ModemRemedy.UseOtherOperator => "Use another operator.",
        ModemRemedy.WaitForRegistration => "Wait until it is registered, and try again.",
        ModemRemedy.WaitForMessageService => "Wait for 'SMS Ready' after the start, or 'SMS DONE' of an LTE module, and try again.",
        ModemRemedy.ListMessages => "List the messages again.",
        ModemRemedy.DeleteMessages => "Delete messages.",
        ModemRemedy.ReadRawMessage => "Read it as raw PDU with AT+CMGR, or delete it.",
        ModemRemedy.SetServiceCentre => "Set it with AT+CSCA; the operator knows it.",
        ModemRemedy.CheckUssdCode => "Check the code with the operator.",
        ModemRemedy.CheckApnAndSignal => "Check the access point name (APN) and the signal.",
        ModemRemedy.UseServerAddress => "Try again, or give the server by its address.",
        ModemRemedy.UseOtherServer => "Try again or give another server.",
        ModemRemedy.UseReceiver => "The manufacturer's location server may be out of reach or shut down; try again later or use a GNSS receiver.",
        _ => null,
    };
}
