namespace Sim800.Modem;

/// <summary>
/// What to do about a failure. <see cref="ModemException.RemedyText"/> is the same as a sentence in the terms of this library; an application
/// whose user knows the settings by other names has a sentence of its own for those.
/// </summary>
public enum ModemRemedy
{
    /// <summary>Plug in the adapter, or give another device.</summary>
    ChooseDevice,

    /// <summary>End the process that holds the device.</summary>
    ReleaseDevice,

    /// <summary>Let this user open the device.</summary>
    JoinDeviceGroup,

    /// <summary>Give a serial device.</summary>
    GiveSerialDevice,

    /// <summary>Check the cable and the adapter's supply.</summary>
    CheckAdapter,

    /// <summary>Choose a baud rate that the device can run at.</summary>
    ChooseBaudRate,

    /// <summary>Use an adapter that has the control line, or do without it.</summary>
    ChooseAdapter,

    /// <summary>See the system's log.</summary>
    SeeSystemLog,

    /// <summary>Open the modem again.</summary>
    OpenAgain,

    /// <summary>Check the wiring of CTS.</summary>
    CheckFlowControl,

    /// <summary>Check that TXD and RXD are crossed and not joined.</summary>
    CheckReceiveLine,

    /// <summary>Check the baud rate and the ground wire.</summary>
    CheckBaudRate,

    /// <summary>Check baud rate, ground and flow control, then the modem's supply and wiring: bytes are lost or damaged on the line.</summary>
    CheckWiring,

    /// <summary>Switch the modem on, and check wiring and baud rate.</summary>
    SwitchOn,

    /// <summary>Use a lower baud rate, or flow control.</summary>
    LowerBaudRate,

    /// <summary>Give the modem a stronger supply.</summary>
    ImproveSupply,

    /// <summary>Try again, and look after the supply when it happens often.</summary>
    WatchSupply,

    /// <summary>Look the command up in the modem's manual.</summary>
    SeeManual,

    /// <summary>Check the line, or report the answer with the firmware.</summary>
    ReportAnswer,

    /// <summary>Update the modem's firmware, or do without the function.</summary>
    UpdateFirmware,

    /// <summary>Close other connections, or restart the modem.</summary>
    FreeResources,

    /// <summary>Switch the radio on.</summary>
    SwitchRadioOn,

    /// <summary>Try again in a moment.</summary>
    TryAgain,

    /// <summary>Try again later.</summary>
    TryLater,

    /// <summary>Nothing needs to be done.</summary>
    NothingToDo,

    /// <summary>Give the SIM card's PIN.</summary>
    GivePin,

    /// <summary>Make sure of the PIN before it is tried again.</summary>
    CorrectPin,

    /// <summary>Enter the right PIN in a phone, which gives all tries back.</summary>
    EnterPinInPhone,

    /// <summary>Unlock the card in a phone.</summary>
    EnterPukInPhone,

    /// <summary>Insert a SIM card.</summary>
    InsertCard,

    /// <summary>Check the SIM card, its contacts and the modem's supply.</summary>
    CheckCard,

    /// <summary>Use the card that the modem is locked to, or unlock the modem.</summary>
    UseOtherCard,

    /// <summary>Wait until the card has started up.</summary>
    WaitForCard,

    /// <summary>Check the antenna, and that there is a 2G network.</summary>
    CheckAntenna,

    /// <summary>Check the antenna, and that the radio is on.</summary>
    CheckAntennaAndRadio,

    /// <summary>Improve the reception.</summary>
    ImproveReception,

    /// <summary>Check with the operator what the SIM card may do.</summary>
    CheckAccount,

    /// <summary>Have the SIM card activated.</summary>
    ActivateCard,

    /// <summary>Ask the operator whether the modem is blocked.</summary>
    AskAboutImei,

    /// <summary>Use a card that may use this network here.</summary>
    UseCardOfNetwork,

    /// <summary>Have roaming activated.</summary>
    ActivateRoaming,

    /// <summary>Have the data service activated.</summary>
    ActivateData,

    /// <summary>Check the card's credit and the signal.</summary>
    CheckCreditAndSignal,

    /// <summary>Check that the contract includes data, and the signal.</summary>
    CheckContract,

    /// <summary>Check the access point name with the operator.</summary>
    CheckApn,

    /// <summary>Correct the access point's user name and password.</summary>
    CorrectApnCredentials,

    /// <summary>Check the access point name, its user name and password.</summary>
    CheckApnAndCredentials,

    /// <summary>Try again after the IP stack was shut, as the next attempt does.</summary>
    ShutAndTryAgain,

    /// <summary>Try again: the data connection is set up anew.</summary>
    RebuildContext,

    /// <summary>Close the bearer.</summary>
    CloseBearer,

    /// <summary>Check the host name, or use another name server.</summary>
    CheckHostName,

    /// <summary>Check host and port, and that the server can be reached.</summary>
    CheckHostAndPort,

    /// <summary>Check host and port; the data connection is set up anew.</summary>
    CheckAddress,

    /// <summary>Check the port, and that the server accepts this network.</summary>
    CheckPort,

    /// <summary>Close another connection first.</summary>
    CloseConnection,

    /// <summary>Connect again.</summary>
    ConnectAgain,

    /// <summary>Read faster, or receive by hand.</summary>
    ReadFaster,

    /// <summary>Check the number.</summary>
    CheckNumber,

    /// <summary>Check the number, or report the text.</summary>
    CheckNumberOrReport,

    /// <summary>Have short messages activated.</summary>
    ActivateMessages,

    /// <summary>Use another operator.</summary>
    UseOtherOperator,

    /// <summary>Wait until the modem is registered.</summary>
    WaitForRegistration,

    /// <summary>Wait until the modem is ready for messages.</summary>
    WaitForMessageService,

    /// <summary>List the messages again.</summary>
    ListMessages,

    /// <summary>Delete messages.</summary>
    DeleteMessages,

    /// <summary>Read the message as raw PDU, or delete it.</summary>
    ReadRawMessage,

    /// <summary>Set the number of the service centre.</summary>
    SetServiceCentre,

    /// <summary>Check the USSD code.</summary>
    CheckUssdCode,

    /// <summary>Check the access point name and the signal.</summary>
    CheckApnAndSignal,

    /// <summary>Give the server by its address.</summary>
    UseServerAddress,

    /// <summary>Use another server.</summary>
    UseOtherServer,

    /// <summary>Use a satellite receiver.</summary>
    UseReceiver,

    /// <summary>Use a connection only until it is disposed.</summary>
    KeepConnection,

    /// <summary>Force the family of a modem that is not known.</summary>
    ForceFamily,

    /// <summary>Use a modem of a family that there is a driver for.</summary>
    UseOtherModem,

    /// <summary>Leave the setting at its default.</summary>
    RemoveOption,

    /// <summary>Do without the function, or use a modem of another family.</summary>
    DoWithout,

    /// <summary>Check the access point name and the modem's firmware.</summary>
    CheckApnAndFirmware,
}
