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

    /// <summary>What the manuals list behind <c>+IP ERROR</c>, in words.</summary>
    private static readonly string[] ErrorsInWords =
    [
        "Connection time out", "Bind port failed", "Port overflow", "Create socket failed", "Network is already opened", "Network is already closed", "No clients connected", "No active client",
        "Network not opened", "Client index overflow", "Connection is already created", "Connection is not created", "Invalid parameter", "Operation not supported", "DNS query failed", "TCP busy",
        "Net close failed for socket opened", "Sending time out", "Sending failure for network error", "Open failure for network error", "Server is already listening", "Operation failed", "No data",
    ];

    internal static IEnumerable<Fixture> All =>
        OfService.Concat(OfSettings).Concat(OfOpening).Concat(OfErrors).Concat(OfSending).Concat(OfReading).Concat(OfClosing).Concat(OfNames).Concat(OfPower).Concat(OfNews);

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

    /// <summary>The rest of the section, and "Socket settings": what is set, and what the network is asked.</summary>
    private static IEnumerable<Fixture> OfSettings =>
    [
        new("The access point is taken", StandardCommands.Context("IP", "internet"), "\r\nOK\r\n", "OK []"),
        new("The access point is refused", StandardCommands.Context("IP", "internet"), "\r\nERROR\r\n", "ERROR []"),
        new("The credentials are taken", SimcomLteCommands.Credentials("user", "word", isUserFirst: false), "\r\nOK\r\n", "OK []"),
        new("The credentials are refused", SimcomLteCommands.Credentials("user", "word", isUserFirst: true), "\r\nERROR\r\n", "ERROR []"),
        new("Attached", StandardCommands.AttachQuery, "\r\n+CGATT: 1\r\n\r\nOK\r\n", "OK [+CGATT: 1]"),
        new("Not attached", StandardCommands.AttachQuery, "\r\n+CGATT: 0\r\n\r\nOK\r\n", "OK [+CGATT: 0]"),
        new("Old firmware says with two numbers that the service is closed", State, "\r\n+NETOPEN: 0,0\r\n\r\nOK\r\n", "OK [+NETOPEN: 0,0]"),
        new("The service is open already, as a number", Open, "\r\n+IP ERROR: 4\r\n\r\nERROR\r\n", "ERROR [+IP ERROR: 4]"),
        new("The service does not close", Shut, "\r\nOK\r\n\r\n+NETCLOSE: 1\r\n", "+NETCLOSE: 1 []"),
        new("The address in the words of the application note", SimcomLteCommands.LocalAddress, "\r\n+IPADDR: Network not opened\r\n\r\nERROR\r\n", "ERROR [+IPADDR: Network not opened]"),
        new("Command mode", SimcomLteCommands.CommandMode, "\r\nOK\r\n", "OK []"),
        new("Command mode is refused while the service is open", SimcomLteCommands.CommandMode, "\r\nERROR\r\n", "ERROR []"),
        new("Results of sends come from the stack", SimcomLteCommands.SendWithoutAcknowledgement, "\r\nOK\r\n", "OK []"),
        new("Limits of time", SimcomLteCommands.Limits, "\r\nOK\r\n", "OK []"),
        new("Repetitions and headers", SimcomLteCommands.Configure, "\r\nOK\r\n", "OK []"),
        new("Repetitions and headers are refused in words", SimcomLteCommands.Configure, "\r\n+IP ERROR: Invalid parameter\r\n\r\nERROR\r\n", "ERROR []", "Other: +IP ERROR: Invalid parameter"),
        new("Data is read by command", SimcomLteCommands.ManualReceive, "\r\nOK\r\n", "OK []"),
        new("That data is read by command is refused the second time", SimcomLteCommands.ManualReceive, "\r\nERROR\r\n", "ERROR []"),
        new("No payload echo", SimcomLteCommands.NoPayloadEcho, "\r\nOK\r\n", "OK []"),
        new("Idle links are looked after", SimcomLteCommands.KeepAlive, "\r\nOK\r\n", "OK []"),
        new("Name servers", SimcomLteCommands.NameServers([System.Net.IPAddress.Loopback]), "\r\nOK\r\n", "OK []"),
    ];

    /// <summary>Section "Error numbers": each of a connection that opens, and each of those in words.</summary>
    private static IEnumerable<Fixture> OfErrors =>
    [
        .. new[] { 1, 3, 5, 6, 7, 10, 12, 255 }.Select(code => new Fixture(
            $"A connection fails with {code}", Connect, $"\r\nOK\r\n\r\n+CIPOPEN: 0,{code}\r\n", "OK []", $"ConnectFailed 0: +CIPOPEN: 0,{code}")),
        .. new[] { 8, 9 }.Select(code => new Fixture(
            $"A link in use, as {code}", Connect, $"\r\n+CIPOPEN: 0,{code}\r\n\r\nERROR\r\n", "ERROR []", $"AlreadyConnected 0: +CIPOPEN: 0,{code}")),
        .. ErrorsInWords.Select(words => new Fixture(
            $"A connection is refused with '{words}'", Connect, $"\r\n+IP ERROR: {words}\r\n\r\nERROR\r\n", $"ERROR [+IP ERROR: {words}]")),
        .. Enumerable.Range(1, 12).Select(code => new Fixture(
            $"The service does not open, with {code}", Open, $"\r\nOK\r\n\r\n+NETOPEN: {code}\r\n", $"+NETOPEN: {code} []")),
    ];

    /// <summary>Section "DNS and ping": nothing that is asked here, so what comes of it is news.</summary>
    private static IEnumerable<Fixture> OfNames =>
    [
        new("Answers to names", null, "\r\n+CDNSGIP: 1,\"h.example.org\",\"192.0.2.1\"\r\n\r\n+CDNSGIP: 0,10\r\n", null, "Other: +CDNSGIP: 1,\"h.example.org\",\"192.0.2.1\"", "Other: +CDNSGIP: 0,10"),
        new("A ping", null, "\r\n+CPING: 1,192.0.2.1,64,80,56\r\n\r\n+CPING: 3,1,1,0,80,80,80\r\n", null, "Other: +CPING: 1,192.0.2.1,64,80,56", "Other: +CPING: 3,1,1,0,80,80,80"),
    ];

    /// <summary>Section "Sleep, power, reset, voltage".</summary>
    private static IEnumerable<Fixture> OfPower =>
    [
        new("Sleep", SimcomLteCommands.Sleep(1), "\r\nOK\r\n", "OK []"),
        new("Sleep that the module has not", SimcomLteCommands.Sleep(2), "\r\nERROR\r\n", "ERROR []"),
        new("Power off in the words of a SIM800", SimcomLteCommands.PowerOff, "\r\nNORMAL POWER DOWN\r\n", "OK []"),
        new("A restart that was asked for", SimcomLteCommands.Restart, "\r\nOK\r\n\0\r\n*ATREADY: 1\r\n", "OK []", "Started: *ATREADY: 1"),
        new("A restart whose OK is lost", SimcomLteCommands.Restart, "\0\r\n*ATREADY: 1\r\n", "*ATREADY: 1 []", "Started: *ATREADY: 1"),
        new("The radio off", StandardCommands.RadioOff, "\r\n+SIMCARD: NOT AVAILABLE\r\n\r\nOK\r\n", "OK []", "SimState: +SIMCARD: NOT AVAILABLE"),
        new("The radio on", StandardCommands.RadioOn, "\r\nOK\r\n\r\n+CPIN: READY\r\n", "OK []", "SimState: +CPIN: READY"),
        new("The supply", StandardCommands.Battery, "\r\n+CBC: 3.749V\r\n\r\nOK\r\n", "OK [+CBC: 3.749V]"),
        new("The end of too high a supply", null, "\r\nOVER-VOLTAGE WARNNING POWER DOWN\r\n", null, "VoltagePowerDown: OVER-VOLTAGE WARNNING POWER DOWN"),
        new("A message and a reply to USSD", null, "\r\n+CMTI: \"SM\",3\r\n\r\n+CUSD: 0,\"0041\",72\r\n", null, "MessageStored: +CMTI: \"SM\",3", "Ussd: +CUSD: 0,\"0041\",72"),
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
        Sent("Too much at once", "\r\n+CIPERROR: 3\r\n\r\nERROR\r\n", "ERROR [3]"),
        Sent("A refusal in words", "\r\n+IP ERROR: Invalid parameter\r\n\r\nERROR\r\n", "ERROR []"),
        Sent("The time of a send is over", "\r\n>\r\nOK\r\n\r\n+CIPERROR: 10\r\n", "+CIPERROR: 10 []"),
        Sent("The time of a send is over and the link with it", "\r\n>\r\nOK\r\n\r\n+IPCLOSE: 0,2\r\n", "+IPCLOSE: 0,2 []", "Closed 0: +IPCLOSE: 0,2"),
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
        new("Nothing on a dead link", Pending, "\r\n+CIPRXGET: 4,0,0\r\n\r\nOK\r\n", "OK [4,0,0]"),
        new("How much there is cannot be told", Pending, "\r\nERROR\r\n", "ERROR []"),
        new("The header of pushed data without its source", null, "\r\n+IPD4\r\n", null, "Started: +IPD4"),
        new("Pushed data with a colon", null, "\r\n+RECEIVE,0,4:\r\n", null, "Started: +RECEIVE,0,4:"),
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
        new("The modem has closed a link", null, "\r\n+IPCLOSE: 9,0\r\n", null, "Closed 9: +IPCLOSE: 9,0"),
        new("The time of a link is over", null, "\r\n+IPCLOSE: 3,2\r\n", null, "Closed 3: +IPCLOSE: 3,2"),
        new("The network closes the service while a link closes", Close, "\r\nOK\r\n\r\n+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY\r\n", "+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY []", "PdpDeactivated: +CIPEVENT: NETWORK CLOSED UNEXPECTEDLY"),
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
