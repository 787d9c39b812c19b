using static Sim800.Simulator.FaultArgument;
using static Sim800.Simulator.FaultKind;

namespace Sim800.Simulator;

/// <summary>Every fault with its name, its argument, what the host sees, and the report from the field behind it.</summary>
public static class FaultCatalogue
{
    /// <summary>One row a fault.</summary>
    public static IReadOnlyList<FaultDescription> All { get; } =
    [
        new(BootUrcsInAnswer, "boot-urcs-in-answer", Count, "1", "RDY, +CFUN: 1, +CPIN: READY, Call Ready, SMS Ready come before the answer to the next command, and to as many as said", "Boot lines between the echo of AT+CPIN? or AT and its result, in three field logs of SIM800L boards"),
        new(NetworkTimeInAnswer, "network-time-in-answer", Count, "1", "*PSUTTZ, DST: 0 and +CIEV come before the answer to the next command, and to as many as said", "Inside AT+CGACT and AT+CIPSHUT; TinyGSM issue 717"),
        new(DeactInShut, "deact-in-shut", Count, "1", "+PDP: DEACT comes as the first line of the answer to AT+CIPSHUT", "Field log of a session that had lost its context"),
        new(LateConnectFail, "late-connect-fail", Duration, "75s", "AT+CIPSTART has no result for that long; CONNECT FAIL then comes inside the answer to another command", "LilyGo T-Call issue 244: the line arrived in the next, unrelated command"),
        new(RepeatedReceiveNotice, "repeated-receive-notice", Count, "3", "+CIPRXGET: 1,n comes that many times before the answer to a read or a query", "TinyGSM pull requests 628 and 803, sim7000 pull request 4"),
        new(UrcBeforeReadFinal, "urc-before-read-final", Count, "1", "+CREG: 1 comes between the bytes of a read and its OK", "Comment in a Rust driver for SIM800 and SIM900"),
        new(UrcBeforeConfirmation, "urc-before-confirmation", Count, "1", "+CREG: 1 comes between the payload and DATA ACCEPT", "No log; nothing in the manual forbids it"),
        new(EchoBack, "echo-back", None, "", "The modem echoes commands and payloads again, as after ATE1", "TinyGSM issue 608; payload echo in a Pi Pico write-up"),
        new(SendFail, "send-fail", Count, "1", "SEND FAIL answers that many payloads, in quick-send mode too", "Field log of repeated SEND FAIL with unread data on the link"),
        new(SlowSend, "slow-send", Duration, "10s", "DATA ACCEPT or SEND OK comes that much later", "SIM800 manual V1.12: up to 645 s"),
        new(RemoteClose, "remote-close", None, "", "The server closes every connection; unread data stays readable after CLOSED", "TinyGSM: a socket appears open until all data is read"),
        new(ClosedInSend, "closed-in-send", Count, "1", "CLOSED comes instead of the confirmation of a payload", "Manual: after the longest wait CLOSE is reported; no SEND line follows"),
        new(PdpDeact, "pdp-deact", Duration, "0s", "+PDP: DEACT when the context has reached that age; only AT+CIPSHUT works after it", "Context lost mid-session; at 60 minutes with some operators (botletics SIM7000 issue 182)"),
        new(Reboot, "reboot", None, "", "Garbage, then the boot lines; echo on, AT+CIPMUX=0, links gone", "TinyGSM issue 608; Adafruit_MQTT issue 75"),
        new(MuxLost, "mux-lost", None, "", "Every command with a link number answers ERROR until AT+CIPSHUT and AT+CIPMUX=1", "TinyGSM issues 314 and 318"),
        new(Garble, "garble", Probability, "0.001", "Bytes in both directions arrive altered", "+CRE?b? in a log of a line without flow control"),
        new(ByteLoss, "byte-loss", Probability, "0.001", "Bytes in both directions are missing", "Shifted AT+CIPRXGET answers without flow control, two field logs"),
        new(TruncatedRead, "truncated-read", Count, "1", "The bytes of a read are 16 short of what its header says", "Field log: the text of the next URC was eaten as payload"),
        new(Zombie, "zombie", None, "", "The open links, or else the next one, stay CONNECTED and take payloads; nothing arrives on either side", "TinyGSM issue 648: connected for 30 hours, nothing flowed"),
        new(SilentServer, "silent-server", None, "", "On the open links, or else the next one, the server never says anything again", "TinyGSM issue 471"),
        new(NotAttached, "not-attached", Count, "3", "+CGATT: 0 answers that many queries although the modem is registered", "Field log with +CREG: 0,5 and +CGATT: 0"),
        new(ConnectNever, "connect-never", None, "", "AT+CIPSTART answers OK and nothing more, until the modem is reset", "SimcomGsmLib issue 2"),
        new(WrongApn, "wrong-apn", None, "", "AT+CIICR answers +PDP: DEACT and ERROR", "TinyGSM issue 433, wrong access point or no credit"),
        new(PromptLost, "prompt-lost", Count, "1", "AT+CIPSEND shows no prompt, though the modem waits for the payload", "Expected of lossy lines; manual: the modem takes the next bytes as payload"),
        new(BrownOut, "brown-out", Count, "1", "At the next payload: UNDER-VOLTAGE WARNNING, garbage, reboot", "T-Call issue 189 and ostaquet issue 64: restarts when the transmitter draws 2 A"),
        new(UnderVoltage, "under-voltage", Count, "1", "UNDER-VOLTAGE WARNNING lines, those after the first without a blank line before them", "SIM7000 log in TinyGSM pull request 507"),
        new(RegistrationLost, "registration-lost", Duration, "30s", "+CREG says searching, the context is lost; registered again after that long", "Everyday loss of coverage; SIM800 manual 8.2.7"),
        new(RegistrationDenied, "registration-denied", None, "", "+CREG stays at 3", "SIM800 manual 7.2"),
        new(GprsRefused, "gprs-refused", None, "", "+CGATT: 0; AT+CGATT=1 answers +CME ERROR: 107", "SIM800 manual 18.1, GPRS services not allowed"),
        new(NoSim, "no-sim", None, "", "+CME ERROR: SIM not inserted", "Field log of AT+CPIN? and AT+CGATT with error 10"),
        new(SimBusy, "sim-busy", Duration, "5s", "+CME ERROR: SIM busy for that long", "Right after boot, in field logs"),
        new(Hang, "hang", Duration, "60s", "No answer to anything for that long; what was sent meanwhile is lost", "Firmware hangs that only a reset ends; SimcomGsmLib issue 2"),
        new(SlowAnswers, "slow-answers", Duration, "1s", "Every answer comes that much later", "Reads slower than 1 s; a Rust driver waits 10 s"),
        new(MissingReceiveNotice, "missing-receive-notice", Count, "1", "+CIPRXGET: 1,n is not sent for data that has arrived", "arduino-mqtt issue 190: 25 bytes there without a notice"),
        new(ShortAccept, "short-accept", Count, "1", "DATA ACCEPT tells half of what was offered", "TinyGSM returns that number as bytes written"),
        new(PowerDown, "power-down", None, "", "UNDER-VOLTAGE POWER DOWN, and silence", "SIM800L hardware design: below 3.4 V"),
        new(IncomingMessage, "incoming-message", None, "", "+CMTI: \"SM\",n", "AT+CNMI=2,1 is the default"),
        new(IncomingCall, "incoming-call", Count, "3", "RING, that many times, three seconds apart, then NO CARRIER", "Calls reach a modem in use; RING comes between and inside answers"),
        new(EchoOnly, "echo-only", None, "", "What the host sends comes back, and nothing else", "TXD and RXD joined on the adapter or the board"),
        new(AnswerError, "error", Command, "AT+CIICR", "A plain ERROR to that command, once or as often as said", "SIM800 manual chapter 8: most of its commands know ERROR alone, without a cause"),
        new(NoAnswer, "mute", Command, "AT+CIICR", "That command is neither carried out nor answered, once or as often as said", "A command line that lost its CR on the way"),
        new(RestartAt, "restart", Command, "AT+CIICR", "That command is answered by a restart, once or as often as said", "ostaquet issue 64: the module restarts when GPRS connects"),
        new(ModemByteLost, "lose-byte", Count, "1", "Of what the modem says from then on, the byte of that number is lost", "Lines without flow control; one byte is enough"),
        new(HostByteLost, "lose-host-byte", Count, "1", "Of what the host says from then on, the byte of that number is lost", "Lines without flow control; one byte is enough"),
        new(NoNetwork, "no-network", None, "", "+CREG says searching, +CSQ: 99, AT+COPS=? finds nobody", "Antenna off, or an operator that has closed its 2G network"),
        new(DeviceGone, "device-gone", Duration, "5s", "The serial device vanishes and comes back after that long, behind the same link and perhaps under another name; the modem goes on", "USB adapters that re-enumerate"),
        new(LateReady, "late-ready", None, "", "Call Ready and SMS Ready, though nothing has restarted", "No log; the lines depend on the card and the network, not on a restart"),
        new(PinWithoutResult, "pin-without-result", Count, "1", "AT+CPIN? answers +CPIN: READY and no OK, that many times", "No log; the boot line came where the answer was expected in three field logs of SIM800L boards"),
        new(RestartAfterCstt, "cstt-restart", Count, "1", "AT+CSTT answers ERROR, and the modem restarts", "No log of this command; restarts at the first use of the transmitter are in T-Call issue 189"),
        new(SendLimit, "send-limit", Bytes, "512", "AT+CIPSEND? shows that many bytes, and more are refused with ERROR", "SIM800 manual 8.2.3: the size is variable and depends on the network"),
        new(AcceptDamaged, "accept-damaged", Count, "1", "DATA ACCEPT:037 in place of DATA ACCEPT:0,37, that many times", "One byte lost on a line without flow control"),
        new(MessageInPhone, "message-in-phone", None, "", "+CMTI: \"ME\",n, whatever memory AT+CPMS has chosen", "SIM800 manual 4.2.9: messages are kept in the card or in the modem"),
        new(CallBusy, "call-busy", Count, "1", "BUSY two seconds after ATD, that many times", "SIM800 manual 2.2.3"),
        new(CallUnanswered, "call-unanswered", Count, "1", "NO ANSWER a minute after ATD, that many times", "SIM800 manual 2.2.3"),
        new(CallDropped, "call-dropped", Duration, "10s", "NO CARRIER that long after the next call was answered", "SIM800 manual 2.2.3"),
        new(TimeServerFails, "time-server-fails", Count, "1", "+CNTP: 62 answers that many AT+CNTP although the bearer is open", "bizkit.ru: network time works every other time, 62 is frequent"),
        new(LateResult, "late-result", Duration, "30s", "The result of the next AT+NETOPEN or AT+CIPOPEN comes that much later", "A76xx manual: up to 120 s, which AT+CIPTIMEOUT bounds"),
        new(UrcsBeforeResult, "urcs-before-result", Count, "1", "Three +CGEV lines between the OK of AT+CIPOPEN and its result", "LilyGo-Modem-Series issue 110, A7670"),
        new(OpenRefused, "open-refused", Count, "1", "AT+CIPOPEN answers +CIPOPEN: n,4 and ERROR", "Field notes of an A7672 with +CIPOPEN: 0,2 and ERROR"),
        new(RebootInOpen, "reboot-in-open", Count, "1", "After the OK of AT+CIPOPEN a NUL and the boot lines, and never a result", "Field notes of an A7672"),
        new(NetworkOpenFails, "netopen-fails", Count, "1", "AT+NETOPEN answers OK and then +NETOPEN: 1", "TinyGSM issue 540, right after boot"),
        new(SilentLoss, "silent-loss", None, "", "The socket service is closed and nothing is said: the next AT+CIPOPEN answers n,2 and ERROR", "Field notes of an A7672: after AT+CFUN, a call, or a context the network dropped"),
        new(NoData, "no-data", Count, "1", "AT+CIPRXGET=2 answers +IP ERROR: No data and ERROR although bytes are there", "A76xx manual; the answer does not tell an empty link from a dead one"),
        new(NothingConfirmed, "nothing-confirmed", Count, "1", "A payload is confirmed with 0 bytes and not sent", "A76xx manual: own buffer or the peer's window is full"),
        new(PromptSpace, "prompt-space", Count, "1", "A space behind the prompt of AT+CIPSEND", "No byte dump of an LTE prompt; the SIM800 has a space"),
        new(BlankBeforeFinal, "blank-before-ok", Count, "1", "One blank line more between the bytes of a read and their OK", "Examples of the A76xx manual"),
        new(PayloadEcho, "payload-echo", Count, "1", "The payload comes back before its OK, although echo is off", "A76xx manual, AT+CIPCFG=\"DATAECHO\"; no log"),
        new(OtherNotice, "cadataind", None, "", "+CADATAIND:n announces data in place of +CIPRXGET: 1,n", "One project with an A7670E"),
        new(CircuitsDenied, "creg-denied", None, "", "+CREG: 3 while +CEREG says registered and data flows", "Capture of a SIM7600A-H"),
        new(UserFirst, "cgauth-user-first", None, "", "AT+CGAUTH takes the user before the password, and the network refuses the other order", "TinyGSM-fork sends the user first, both manuals the password"),
        new(CircuitFallback, "cs-fallback", None, "", "Messages, USSD and calls leave LTE: of a SIM7600 all links die without a word and +CIPERROR: 4 answers until AT+NETCLOSE; of an A7670E a call closes the service", "TinyGSM issue 827, T-SIM7600X issues 127 and 129; field notes of an A7672"),
        new(NameLookupFails, "dns-fails", None, "", "AT+CDNSGIP answers +CDNSGIP: 0,10 and ERROR, while AT+CIPOPEN knows the name", "TinyGSM issue 820, A7670"),
        new(EmergencyOnly, "emergency-only", None, "", "+CEREG and +CREG stay at 11 (A7670E), 8 (SIM7600E) or 3 (SIM800L)", "LilyGo-Modem-Series issues 247 and 285: registration 11 of an A7670E-LNXY"),
    ];

    private static readonly Dictionary<string, FaultDescription> ByName = All.ToDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The row of that kind.</summary>
    public static FaultDescription Of(FaultKind kind) => All.First(row => row.Kind == kind);

    /// <summary>The row with that name, or <c>null</c>.</summary>
    public static FaultDescription? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>A row of the <see cref="FaultCatalogue"/>.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Name">Its name on the command line and in scripts.</param>
/// <param name="Argument">What may stand after the <c>=</c>.</param>
/// <param name="Default">The argument when none is given.</param>
/// <param name="Effect">What the host sees.</param>
/// <param name="FieldReport">Where it was seen.</param>
public sealed record FaultDescription(FaultKind Kind, string Name, FaultArgument Argument, string Default, string Effect, string FieldReport);
