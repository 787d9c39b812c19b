using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.At;

/// <summary>Every unsolicited line of the manual, alone and where it can be mistaken for an answer.</summary>
internal static class UrcFixtures
{
    private const string Pdu = "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37";
    private static readonly AtCommand Creg = StandardCommands.RegistrationQuery;

    internal static IEnumerable<Fixture> All =>
    [
        .. Alone("+CPIN: READY", "SimState"),
        .. Alone("+CPIN: NOT READY", "SimState"),
        .. Alone("+CPIN: SIM PIN", "SimState"),
        .. Alone("+CFUN: 1", "Started"),
        .. Alone("+CFUN: 4", "Other"),
        .. Alone("Call Ready", "Started"),
        .. Alone("SMS Ready", "Started"),
        .. Alone("NORMAL POWER DOWN", "PowerDown"),
        .. Alone("UNDER-VOLTAGE WARNING", "VoltageWarning"),
        .. Alone("OVER-VOLTAGE WARNNING", "VoltageWarning"),
        .. Alone("OVER-VOLTAGE POWER DOWN", "VoltagePowerDown"),
        .. Alone("UNDER-VOLTAGE POWER OFF", "VoltagePowerDown"),
        .. Alone("+CMTE: -2", "Temperature"),
        .. Alone("RING", "Call"),
        .. Alone("MO RING", "Call"),
        .. Alone("NO CARRIER", "Call"),
        .. Alone("+CLIP: \"+491701234567\",145,\"\",0,\"\",0", "Call"),
        .. Alone("+CMTI: \"SM\",3", "MessageStored"),
        .. Alone("+CDSI: \"SM\",4", "MessageStored"),
        .. Alone("+CUSD: 0,\"Balance\",15", "Ussd"),
        .. Alone("+CREG: 2", "RegistrationChanged"),
        .. Alone("+CGREG: 1,\"1A2B\",\"00C3\"", "RegistrationChanged"),
        .. Alone("+PDP: DEACT", "PdpDeactivated"),
        .. Alone("+SAPBR 1: DEACT", "BearerDeactivated"),
        .. Alone("0, CLOSED", "Closed 0"),
        .. Alone("0,CLOSED", "Closed 0"),
        .. Alone("CLOSED", "Closed"),
        .. Alone("5,ALREADY CONNECT", "AlreadyConnected 5"),
        .. Alone("ALREADY CONNECT", "AlreadyConnected"),
        .. Alone("1,SEND FAIL", "SendFailed 1"),
        .. Alone("SEND FAIL", "SendFailed"),
        .. Alone("*PSUTTZ: 23/03/12,22:09:23\",\"+04\",0", "NetworkClock"),
        .. Alone("*PSNWID: \"262\",\"01\",\"Net\",0,\"Net\",0", "NetworkClock"),
        .. Alone("+CTZV: \"+12\"", "NetworkClock"),
        .. Alone("DST: 1", "NetworkClock"),
        .. Alone("+CIEV: 10,\"25001\",\"MTS RUS\",\"MTS RUS\", 0, 0", "NetworkClock"),
        .. Alone("+CSQN: 20,0", "Other"),
        .. Alone("+CENG: 0,\"0020,24,99,262,01,23,3cc8,02,00,d8a2,255\"", "Other"),
        .. Alone("+CSMINS: 0,1", "Other"),
        .. Alone("+CGEV: NW DEACT \"IP\",\"10.0.0.1\",1", "Other"),
        .. Alone("+CDNSGIP: 0,8", "Other"),
        .. Alone("+CNTP: 62", "Other"),
        .. Alone("+DTMF: 5", "Other"),
        .. Alone("RECV FROM:10.0.0.1:80", "Other"),
        .. Alone("REMOTE IP: 10.0.0.1", "Other"),
        .. Alone("SERVER OK", "Other"),
        .. Alone("ALARM RING", "Other"),
        .. Alone("CHARGE-ONLY MODE", "Other"),
        new("A late acceptance says no more than its link", null, "\r\nDATA ACCEPT:3,5\r\n\r\n2, SEND OK\r\n", null, "DataAccepted 3", "DataAccepted 2"),
        new("A SIM900 announces without a space", null, "\r\n+CIPRXGET:1,2\r\n", null, "DataPending 2"),
        new("A message as PDU", Creg, $"\r\n+CMT: ,28\r\n{Pdu}\r\n\r\n+CREG: 0,1\r\n\r\nOK\r\n", "OK [+CREG: 0,1]", $"Message: +CMT: ,28\r\n{Pdu}"),
        new("A cell broadcast as PDU", Creg, "\r\n+CBM: 88\r\n0011C8\r\n\r\n+CREG: 0,1\r\n\r\nOK\r\n", "OK [+CREG: 0,1]", "Message: +CBM: 88\r\n0011C8"),
        new("A status report as PDU", Creg, "\r\n+CDS: 25\r\n0006C80A\r\n\r\n+CREG: 0,1\r\n\r\nOK\r\n", "OK [+CREG: 0,1]", "Message: +CDS: 25\r\n0006C80A"),
        new(
            "A status report in text mode has one line, and the answer behind it is the answer",
            StandardCommands.Attention,
            "\r\n+CDS: 6,202,\"+491701234567\",145,\"20/12/09,12:57:04+12\",\"20/12/09,12:57:08+12\",0\r\n\r\nOK\r\n",
            "OK []",
            "StatusReport: +CDS: 6,202,\"+491701234567\",145,\"20/12/09,12:57:04+12\",\"20/12/09,12:57:08+12\",0"),
        new("A PDU that was lost takes no answer with it", Creg, "\r\n+CMT: ,28\r\n\r\n+CREG: 0,1\r\n\r\nOK\r\n", "OK [+CREG: 0,1]"),
        new("Neither does one that was too long", Creg, "\r\n+CMT: \"+49\",,\"\"\r\n" + new string('x', 5000) + "\r\n\r\n+CREG: 0,1\r\n\r\nOK\r\n", "OK [+CREG: 0,1]"),
    ];

    /// <summary>The line by itself, and as the first one after a command whose answer it is not.</summary>
    private static IEnumerable<Fixture> Alone(string line, string kind) =>
    [
        new($"{line} alone", null, $"\r\n{line}\r\n", null, $"{kind}: {line}"),
        new($"{line} before an OK", StandardCommands.Attention, $"\r\n{line}\r\n\r\nOK\r\n", "OK []", $"{kind}: {line}"),
    ];
}
