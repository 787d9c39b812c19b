using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Tests.At;

namespace Sim800.Modem.Tests.Dialects.SimcomLte;

/// <summary>What LTE modules say, byte for byte: the socket service, links, and everything that gets in between.</summary>
internal static class SimcomLteFixtures
{
    private static readonly AtCommand Open = SimcomLteCommands.OpenService;
    private static readonly AtCommand Shut = SimcomLteCommands.CloseService;
    private static readonly AtCommand State = SimcomLteCommands.ServiceState;
    private static readonly AtCommand Connect = SimcomLteCommands.Connect(0, "h.example.org", 8883);
    private static readonly AtCommand Send = SimcomLteCommands.Send(0);
    private static readonly AtCommand Read = SimcomLteCommands.Receive(0);
    private static readonly AtCommand Pending = SimcomLteCommands.Pending(0);
    private static readonly AtCommand Close = SimcomLteCommands.Close(0);
    private static readonly AtCommand Acknowledged = SimcomLteCommands.Acknowledged(0);

    internal static IEnumerable<Fixture> All => OfService.Concat(OfOpening).Concat(OfSending).Concat(OfReading).Concat(OfClosing).Concat(OfNews);

    /// <summary>Section "PDP and socket service".</summary>
    private static IEnumerable<Fixture> OfService =>
    [
        new("The service opens", Open, "\r\nOK\r\n\r\n+NETOPEN: 0\r\n", "OK []"),
        new("The service opens late, behind other news", Open, "\r\nOK\r\n\r\n+CGEV: ME PDN ACT 1\r\n\r\nPB DONE\r\n\r\n+NETOPEN: 0\r\n", "OK []", "Other: +CGEV: ME PDN ACT 1", "Other: PB DONE"),
        new("The service is still opening", Open, "\r\nOK\r\n", null),
        new("The network refuses the service", Open, "\r\nOK\r\n\r\n+NETOPEN: 1\r\n", "+NETOPEN: 1 []"),
        new("The service is open already", Open, "\r\n+IP ERROR: Network is already opened\r\n\r\nERROR\r\n", "ERROR [+IP ERROR: Network is already opened]"),
        new("An outcome of the opening that cannot be read", Open, "\r\nOK\r\n\r\n+NETOPEN: ?\r\n", "+NETOPEN: ? []"),
        new("A plain error to the opening", Open, "\r\nERROR\r\n", "ERROR []"),
        new("A restart instead of the outcome", Open, "\r\nOK\r\n\0\r\n*ATREADY: 1\r\n\r\n+CPIN: READY\r\n", "*ATREADY: 1 []", "Started: *ATREADY: 1", "SimState: +CPIN: READY"),
        new("A restart of a SIM7600 instead of the outcome", Open, "\r\nOK\r\n\r\nRDY\r\n", "RDY []", "Started: RDY"),
        new("The service is said to be open", State, "\r\n+NETOPEN: 1\r\n\r\nOK\r\n", "OK [+NETOPEN: 1]"),
        new("The service is said to be closed", State, "\r\n+NETOPEN: 0\r\n\r\nOK\r\n", "OK [+NETOPEN: 0]"),
        new("Old firmware says the same with two numbers", State, "\r\n+NETOPEN: 1,0\r\n\r\nOK\r\n", "OK [+NETOPEN: 1,0]"),
        new("The service closes", Shut, "\r\nOK\r\n\r\n+NETCLOSE: 0\r\n", "OK []"),
        new("The service closes with its links", Shut, "\r\nOK\r\n\r\n+CIPCLOSE: 0,0\r\n\r\n+CIPCLOSE: 3,0\r\n\r\n+NETCLOSE: 0\r\n", "OK []", "CloseOk 0: +CIPCLOSE: 0,0", "CloseOk 3: +CIPCLOSE: 3,0"),
        new("The service was closed", Shut, "\r\n+NETCLOSE: 2\r\n\r\nERROR\r\n", "ERROR [+NETCLOSE: 2]"),
        new("The address", SimcomLteCommands.LocalAddress, "\r\n+IPADDR: 10.0.0.5\r\n\r\nOK\r\n", "OK [+IPADDR: 10.0.0.5]"),
        new("No address", SimcomLteCommands.LocalAddress, "\r\n+IP ERROR: Network not opened\r\n\r\nERROR\r\n", "ERROR [+IP ERROR: Network not opened]"),
        new(
            "Several contexts",
            StandardCommands.Contexts,
            "\r\n+CGDCONT: 1,\"IP\",\"internet\",\"0.0.0.0\",0,0\r\n+CGDCONT: 13,\"IPV4V6\",\"ims\",\"0.0.0.0\",0,0\r\n\r\nOK\r\n",
            "OK [+CGDCONT: 1,\"IP\",\"internet\",\"0.0.0.0\",0,0 | +CGDCONT: 13,\"IPV4V6\",\"ims\",\"0.0.0.0\",0,0]"),
        new("Registration on LTE", StandardCommands.LteRegistrationQuery, "\r\n+CEREG: 0,5\r\n\r\nOK\r\n", "OK [+CEREG: 0,5]"),
        new("The time from a server", SimcomLteCommands.Ntp, "\r\nOK\r\n\r\n+CNTP: 0\r\n", "OK []"),
        new("No time from a server", SimcomLteCommands.Ntp, "\r\nOK\r\n\r\n+CNTP: 6\r\n", "+CNTP: 6 []"),
    ];

    /// <summary>Section "CIPOPEN".</summary>
    private static IEnumerable<Fixture> OfOpening =>
    [
        new("A connection opens", Connect, "\r\nOK\r\n\r\n+CIPOPEN: 0,0\r\n", "OK []", "Connected 0: +CIPOPEN: 0,0"),
        new("A connection fails later", Connect, "\r\nOK\r\n\r\n+CIPOPEN: 0,10\r\n", "OK []", "ConnectFailed 0: +CIPOPEN: 0,10"),
        new("A host is not known", Connect, "\r\nOK\r\n\r\n+CIPOPEN: 0,11\r\n", "OK []", "HostUnknown 0: +CIPOPEN: 0,11"),
        new("A connection without the service", Connect, "\r\n+CIPOPEN: 0,2\r\n\r\nERROR\r\n", "ERROR [+CIPOPEN: 0,2]"),
        new("The service closes while a connection opens", Connect, "\r\nOK\r\n\r\n+CIPOPEN: 0,2\r\n", "OK []", "PdpDeactivated: +CIPOPEN: 0,2"),
        new("A link in use", Connect, "\r\n+CIPOPEN: 0,4\r\n\r\nERROR\r\n", "ERROR []", "AlreadyConnected 0: +CIPOPEN: 0,4"),
        new("A link in use, in words", Connect, "\r\n+IP ERROR: Connection is already created\r\n\r\nERROR\r\n", "ERROR [+IP ERROR: Connection is already created]"),
        new("A link that does not exist", Connect, "\r\n+IP ERROR: Invalid parameter\r\n\r\nERROR\r\n", "ERROR [+IP ERROR: Invalid parameter]"),
        new(
            "News between OK and outcome",
            Connect,
            "\r\nOK\r\n\r\n+CGEV: NW REATTACH\r\n\r\n+CGEV: ME PDN ACT 8\r\n\r\n+CIPOPEN: 0,0\r\n",
            "OK []",
            "Other: +CGEV: NW REATTACH",
            "Other: +CGEV: ME PDN ACT 8",
            "Connected 0: +CIPOPEN: 0,0"),
        new("A restart while a connection opens", Connect, "\r\nOK\r\n\0\r\n*ATREADY: 1\r\n", "OK []", "Started: *ATREADY: 1"),
    ];

    /// <summary>Section "CIPSEND".</summary>
    private static IEnumerable<Fixture> OfSending =>
    [
        Sent("Taken", "\r\n>\r\nOK\r\n\r\n+CIPSEND: 0,5,5\r\n", "OK [0,5,5]"),
        Sent("A prompt with a space", "\r\n> \r\nOK\r\n\r\n+CIPSEND: 0,5,5\r\n", "OK [0,5,5]"),
        Sent("The outcome before the OK", "\r\n>\r\n+CIPSEND: 0,5,5\r\n\r\nOK\r\n", "OK [0,5,5]"),
        Sent("A blank line before the OK", "\r\n>\r\n\r\n\r\nOK\r\n\r\n+CIPSEND: 0,5,5\r\n", "OK [0,5,5]"),
        Sent("Less taken than offered", "\r\n>\r\nOK\r\n\r\n+CIPSEND: 0,5,3\r\n", "OK [0,5,3]"),
        Sent("Nothing taken", "\r\n>\r\nOK\r\n\r\n+CIPSEND: 0,5,0\r\n", "OK [0,5,0]"),
        Sent("The link is down", "\r\n>\r\nOK\r\n\r\n+CIPSEND: 0,5,-1\r\n", "+CIPSEND: 0,5,-1 []"),
        Sent("No such link", "\r\n+CIPERROR: 4\r\n\r\nERROR\r\n", "ERROR [4]"),
        Sent("No service", "\r\n+CIPERROR: 2\r\n\r\nERROR\r\n", "ERROR [2]"),
        Sent("A plain refusal", "\r\nERROR\r\n", "ERROR []"),
        Sent("The payload comes back", "\r\n>hello\r\nOK\r\n\r\n+CIPSEND: 0,5,5\r\n", "OK [0,5,5]"),
        Sent("The payload comes back behind a space", "\r\n> hello\r\nOK\r\n\r\n+CIPSEND: 0,5,5\r\n", "OK [0,5,5]"),
        Sent("News between OK and confirmation", "\r\n>\r\nOK\r\n\r\n+CIPRXGET: 1,0\r\n\r\n+CIPSEND: 0,5,5\r\n", "OK [0,5,5]", "DataPending 0"),
        Sent("The peer closes before the outcome", "\r\n>\r\nOK\r\n\r\n+IPCLOSE: 0,1\r\n", "+IPCLOSE: 0,1 []", "Closed 0: +IPCLOSE: 0,1"),
        Sent("The peer of another link closes before the outcome", "\r\n>\r\nOK\r\n\r\n+IPCLOSE: 1,1\r\n\r\n+CIPSEND: 0,5,5\r\n", "OK [0,5,5]", "Closed 1: +IPCLOSE: 1,1"),
        Sent("The peer closes before the OK", "\r\n>\r\n+IPCLOSE: 0,1\r\n\r\nOK\r\n\r\n+CIPSEND: 0,5,-1\r\n", "+CIPSEND: 0,5,-1 []", "Closed 0: +IPCLOSE: 0,1"),
        Sent(
            "The network closes before the outcome",
            "\r\n>\r\nOK\r\n\r\n+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY\r\n",
            "+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY []",
            "PdpDeactivated: +CIPEVENT: NETWORK CLOSED UNEXPECTEDLY"),
        new("Acknowledged", Acknowledged, "\r\n+CIPACK: 100,60,7\r\n\r\nOK\r\n", "OK [100,60,7]"),
        new("Nothing is acknowledged on a dead link", Acknowledged, "\r\n+IP ERROR: Connection is not created\r\n\r\nERROR\r\n", "ERROR []"),
    ];

    /// <summary>Section "Receiving, manual mode".</summary>
    private static IEnumerable<Fixture> OfReading =>
    [
        new("Five bytes and none left", Read, "\r\n+CIPRXGET: 2,0,5,0\r\nhello\r\nOK\r\n", "OK [2,0,5,0]", "read 0: hello"),
        new("A blank line before the OK of a read", Read, "\r\n+CIPRXGET: 2,0,5,7\r\nhello\r\n\r\nOK\r\n", "OK [2,0,5,7]", "read 0: hello"),
        new("Payload of every kind of byte", Read, "\r\n+CIPRXGET: 2,0,6,0\r\n\0\u001a\u001b\u00ff\r\n\r\nOK\r\n", "OK [2,0,6,0]", "read 0: \0\u001a\u001b\u00ff\r\n"),
        new(
            "Payload that looks like lines",
            Read,
            "\r\n+CIPRXGET: 2,0,38,0\r\n\r\nOK\r\n+IPCLOSE: 0,1\r\n*ATREADY: 1\r\n> \r\n\r\nOK\r\n",
            "OK [2,0,38,0]",
            "read 0: \r\nOK\r\n+IPCLOSE: 0,1\r\n*ATREADY: 1\r\n> \r\n"),
        new("No data", Read, "\r\n+IP ERROR: No data\r\n\r\nERROR\r\n", "ERROR []"),
        new("No data, as a number", Read, "\r\n+IP ERROR: 22\r\n\r\nERROR\r\n", "ERROR [22]"),
        new("News before the answer to a read", Read, "\r\n+CIPRXGET: 1,0\r\n\r\n+CIPRXGET: 1,9\r\n\r\n+CIPRXGET: 2,0,2,0\r\nhi\r\nOK\r\n", "OK [2,0,2,0]", "DataPending 0", "DataPending 9", "read 0: hi"),
        new("News between data and OK", Read, "\r\n+CIPRXGET: 2,0,2,0\r\nhi\r\n\r\n+CTZV: +32,08/12/09,17:00:00\r\n\r\nOK\r\n", "OK [2,0,2,0]", "read 0: hi", "NetworkClock: +CTZV: +32,08/12/09,17:00:00"),
        new("How much there is", Pending, "\r\n+CIPRXGET: 4,0,1234\r\n\r\nOK\r\n", "OK [4,0,1234]"),
        new("News before the answer to how much there is", Pending, "\r\n+CIPRXGET: 1,0\r\n\r\n+CIPRXGET: 4,0,12\r\n\r\nOK\r\n", "OK [4,0,12]", "DataPending 0"),
        new("Data is announced", null, "\r\n+CIPRXGET: 1,0\r\n", null, "DataPending 0"),
        new("Data is announced in other words", null, "\r\n+CADATAIND:0\r\n\r\n+CADATAIND: 3\r\n", null, "DataPending 0", "DataPending 3"),
        new("Pushed data means forgotten settings", null, "\r\nRECV FROM:192.0.2.1:1883\r\n", null, "Started: RECV FROM:192.0.2.1:1883"),
        new("Pushed data with the other header", null, "\r\n+RECEIVE,0,4\r\n", null, "Started: +RECEIVE,0,4"),
    ];

    /// <summary>Section "Closing and loss".</summary>
    private static IEnumerable<Fixture> OfClosing =>
    [
        new("A link is closed", Close, "\r\nOK\r\n\r\n+CIPCLOSE: 0,0\r\n", "OK []"),
        new("A closed link is closed", Close, "\r\n+CIPCLOSE: 0,4\r\n\r\nERROR\r\n", "ERROR [+CIPCLOSE: 0,4]"),
        new("Another link closes meanwhile", Close, "\r\nOK\r\n\r\n+CIPCLOSE: 1,0\r\n\r\n+CIPCLOSE: 0,0\r\n", "OK []", "CloseOk 1: +CIPCLOSE: 1,0"),
        new("The peer closes", null, "\r\n+IPCLOSE: 0,1\r\n", null, "Closed 0: +IPCLOSE: 0,1"),
        new("The network closes the service", null, "\r\n+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY\r\n", null, "PdpDeactivated: +CIPEVENT: NETWORK CLOSED UNEXPECTEDLY"),
        new("The states of ten links", SimcomLteCommands.LinkStates, "\r\n+CIPCLOSE: 1,0,0,0,0,0,0,0,0,0\r\n\r\nOK\r\n", "OK [+CIPCLOSE: 1,0,0,0,0,0,0,0,0,0]"),
        new(
            "A link closes before the states of ten",
            SimcomLteCommands.LinkStates,
            "\r\n+CIPCLOSE: 2,0\r\n\r\n+CIPCLOSE: 1,0,0,0,0,0,0,0,0,0\r\n\r\nOK\r\n",
            "OK [+CIPCLOSE: 1,0,0,0,0,0,0,0,0,0]",
            "CloseOk 2: +CIPCLOSE: 2,0"),
        new("An outcome that nobody waits for", null, "\r\n+NETOPEN: 0\r\n", null, "ContextDoubtful: +NETOPEN: 0"),
        new("The service closes unasked", null, "\r\n+NETCLOSE: 0\r\n", null, "PdpDeactivated: +NETCLOSE: 0"),
    ];

    /// <summary>Boot, SIM card, power and network.</summary>
    private static IEnumerable<Fixture> OfNews =>
    [
        new(
            "The boot of an A7672",
            null,
            "\0\r\n*ATREADY: 1\r\n\r\n*ISIMAID: \"A0\"\r\n\r\n+CPIN: READY\r\n\r\nSMS DONE\r\n\r\n+CGEV: EPS PDN ACT 1\r\n\r\nPB DONE\r\n",
            null,
            "Started: *ATREADY: 1",
            "Other: *ISIMAID: \"A0\"",
            "SimState: +CPIN: READY",
            "Other: SMS DONE",
            "Other: +CGEV: EPS PDN ACT 1",
            "Other: PB DONE"),
        new("The boot of a SIM7600", null, "\r\nRDY\r\n\r\n+CPIN: READY\r\n\r\nSMS DONE\r\n\r\nPB DONE\r\n", null, "Started: RDY", "SimState: +CPIN: READY", "Other: SMS DONE", "Other: PB DONE"),
        new("A NUL in the middle of a line", null, "\r\n*ATREA\0DY: 1\r\n", null, "Started: *ATREADY: 1"),
        new("The SIM toolkit", null, "\r\n+MSTK: 14\r\n\r\n*COPN:0,\"x\"\r\n", null, "Other: +MSTK: 14", "Other: *COPN:0,\"x\""),
        new("The card is taken out", null, "\r\n+CPIN: SIM REMOVED\r\n\r\n+SIMCARD: NOT AVAILABLE\r\n", null, "SimState: +CPIN: SIM REMOVED", "SimState: +SIMCARD: NOT AVAILABLE"),
        new("The network detaches", null, "\r\n+CGEV: ME DETACH\r\n\r\n+CGEV: NW DETACH\r\n", null, "ContextDoubtful: +CGEV: ME DETACH", "ContextDoubtful: +CGEV: NW DETACH"),
        new("The registration changes", null, "\r\n+CEREG: 5,\"230A\",\"01234567\",7\r\n", null, "RegistrationChanged: +CEREG: 5,\"230A\",\"01234567\",7"),
        new("A warning of the supply", null, "\r\nUNDER-VOLTAGE WARNNING\r\n\r\nOVER-VOLTAGE WARNING\r\n", null, "VoltageWarning: UNDER-VOLTAGE WARNNING", "VoltageWarning: OVER-VOLTAGE WARNING"),
        new("The end of the supply", null, "\r\nUNDER-VOLTAGE WARNNING POWER DOWN\r\n", null, "VoltagePowerDown: UNDER-VOLTAGE WARNNING POWER DOWN"),
        new("Power off", SimcomLteCommands.PowerOff, "\r\nOK\r\n", "OK []"),
    ];

    private static Fixture Sent(string name, string wire, string answer, params string[] heard) =>
        new(name, Send, wire, answer, heard) { Argument = 5, Payload = "hello" };
}
