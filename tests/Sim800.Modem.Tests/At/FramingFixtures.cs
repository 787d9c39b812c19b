using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.At;

/// <summary>Framing, echo, final results and their spellings.</summary>
internal static class FramingFixtures
{
    private static readonly AtCommand Signal = new("AT+CSQ", TimeSpan.FromSeconds(5)) { Information = ["+CSQ:*"] };
    private static readonly AtCommand Imei = new("AT+GSN", TimeSpan.FromSeconds(5)) { Information = ["#"] };
    private static readonly AtCommand Anything = new("ATI", TimeSpan.FromSeconds(5)) { Information = ["*"] };
    private static readonly AtCommand Contexts = new("AT+CGACT?", TimeSpan.FromSeconds(5)) { Information = ["+CGACT:*"] };
    private static readonly AtCommand Shut = Sim800Commands.Shut;
    private static readonly AtCommand Close = Sim800Commands.Close(0);
    private static readonly AtCommand Transparent = Sim800Commands.ConnectTransparently("h", 1);
    private static readonly AtCommand Connect = Sim800Commands.Connect(0, "h", 1);

    internal static IEnumerable<Fixture> All =>
    [
        new("Information text and final result", Signal, "\r\n+CSQ: 24,0\r\n\r\nOK\r\n", "OK [+CSQ: 24,0]"),
        new("Echo before the answer ends with the command's CR", Signal, "AT+CSQ\r\r\n+CSQ: 24,0\r\n\r\nOK\r\n", "OK [+CSQ: 24,0]", "echo"),
        new("Echo of a SIM900 has a line feed too", Signal, "AT+CSQ\r\n\r\n+CSQ: 24,0\r\n\r\nOK\r\n", "OK [+CSQ: 24,0]", "echo"),
        new("Only the echo is no answer", Signal, "AT+CSQ\r\r\n", null, "echo"),
        new(
            "Later lines of information have no CRLF before them",
            Contexts,
            "\r\n+CGACT: 1,0\r\n+CGACT: 2,0\r\n\r\nOK\r\n",
            "OK [+CGACT: 1,0 | +CGACT: 2,0]"),
        new("An error without a reason", Signal, "\r\nERROR\r\n", "ERROR []"),
        new("An error as a number", Signal, "\r\n+CME ERROR: 3\r\n", "+CME ERROR: 3 []"),
        new("An error in words", Signal, "\r\n+CME ERROR: operation not allowed\r\n", "+CME ERROR: operation not allowed []"),
        new("An error of the message service", Signal, "\r\n+CMS ERROR: 500\r\n", "+CMS ERROR: 500 []"),
        new("SHUT OK is the end of CIPSHUT, OK would not be", Shut, "\r\nOK\r\n\r\nSHUT OK\r\n", "OK []"),
        new("OK alone does not end CIPSHUT", Shut, "\r\nOK\r\n", null),
        new("CLOSE OK with a space", Close, "\r\n0, CLOSE OK\r\n", "OK []"),
        new("CLOSE OK without a space", Close, "\r\n0,CLOSE OK\r\n", "OK []"),
        new("CLOSE OK of a single link, with echo", Close, "AT+CIPCLOSE=0,1\r\r\nCLOSE OK\r\n", "OK []", "echo"),
        new("Closing a closed link", Close, "\r\n+CME ERROR: operation not allowed\r\n", "+CME ERROR: operation not allowed []"),
        new("CLOSE OK of another link is not mine", Close, "\r\n1, CLOSE OK\r\n", null, "CloseOk 1: 1, CLOSE OK"),
        new("The address of CIFSR ends with the OK of E0", Sim800Commands.LocalAddress, "\r\n10.0.109.44\r\n\r\nOK\r\n", "OK [10.0.109.44]"),
        new("CIFSR without a context", Sim800Commands.LocalAddress, "\r\nERROR\r\n", "ERROR []"),
        new("The state comes after the OK", Sim800Commands.Status, "\r\nOK\r\n\r\nSTATE: IP INITIAL\r\n", "OK []"),
        new(
            "With several links their states follow",
            Sim800Commands.Status,
            "\r\nOK\r\n\r\nSTATE: IP PROCESSING\r\n\r\nC: 0,0,\"TCP\",\"1.2.3.4\",\"8500\",\"CONNECTED\"\r\nC: 1,,\"\",\"\",\"\",\"INITIAL\"\r\n",
            "OK []",
            "Other: C: 0,0,\"TCP\",\"1.2.3.4\",\"8500\",\"CONNECTED\"",
            "Other: C: 1,,\"\",\"\",\"\",\"INITIAL\""),
        new("The outcome of CIPSTART is unsolicited", Connect, "\r\nOK\r\n\r\n0, CONNECT OK\r\n", "OK []", "Connected 0: 0, CONNECT OK"),
        new("CONNECT OK without a space", Connect, "\r\nOK\r\n\r\n0,CONNECT OK\r\n", "OK []", "Connected 0: 0,CONNECT OK"),
        new("CONNECT FAIL", Connect, "\r\nOK\r\n\r\n0, CONNECT FAIL\r\n", "OK []", "ConnectFailed 0: 0, CONNECT FAIL"),
        new(
            "CONNECT FAIL of a single link says its state first",
            Connect,
            "\r\nOK\r\n\r\nSTATE: TCP CLOSED\r\n\r\nCONNECT FAIL\r\n",
            "OK []",
            "Other: STATE: TCP CLOSED",
            "ConnectFailed: CONNECT FAIL"),
        new("ALREADY CONNECT without an OK", Connect, "\r\n0, ALREADY CONNECT\r\n", "0, ALREADY CONNECT []", "AlreadyConnected 0: 0, ALREADY CONNECT"),
        new("A refused TLS handshake of the modem", Connect, "\r\nOK\r\n\r\n0, CLOSE OK\r\n", "OK []", "CloseOk 0: 0, CLOSE OK"),
        new("The context is down: ERROR, as with every command of chapter 8", Connect, "\r\nERROR\r\n", "ERROR []"),
        new("The context is down: a number", Connect, "\r\n+CME ERROR: 3\r\n", "+CME ERROR: 3 []"),
        new("The context of a single link is down", Connect, "\r\nOK\r\n\r\nSTATE: PDP DEACT\r\n\r\nCONNECT FAIL\r\n", "OK []", "Other: STATE: PDP DEACT", "ConnectFailed: CONNECT FAIL"),
        new("ALREADY CONNECT after an ERROR", Connect, "\r\nERROR\r\n\r\n0, ALREADY CONNECT\r\n", "ERROR []", "AlreadyConnected 0: 0, ALREADY CONNECT"),
        new("CIPSHUT may fail", Shut, "\r\nERROR\r\n", "ERROR []"),
        new("A host's address comes after the OK", Sim800Commands.Resolve("h"), "\r\nOK\r\n\r\n+CDNSGIP: 1,\"h\",\"1.2.3.4\",\"1.2.3.5\"\r\n", "OK []"),
        new("A host without one", Sim800Commands.Resolve("h"), "\r\nOK\r\n\r\n+CDNSGIP:0,8\r\n", "+CDNSGIP:0,8 []"),
        new("Switching off has no OK", Sim800Commands.PowerOff, "\r\nNORMAL POWER DOWN\r\n", "OK []"),
        new("A transparent connection: everything behind CONNECT is data", Transparent, "\r\nOK\r\n\r\nCONNECT\r\n\r\nOK\r\nRDY\r\n", "OK []", "line: \r\nOK\r\nRDY\r\n"),
        new("A transparent connection that fails", Transparent, "\r\nOK\r\n\r\nSTATE: TCP CLOSED\r\n\r\nCONNECT FAIL\r\n", "CONNECT FAIL []", "Other: STATE: TCP CLOSED"),
        new("CONNECT OK is not the transparent CONNECT", Transparent, "\r\nOK\r\n\r\nCONNECT OK\r\n", "CONNECT OK []"),
        new("Back to the data", Sim800Commands.ReturnToData, "\r\nCONNECT\r\nmore", "OK []", "line: more"),
        new("No way back: the connection has ended", Sim800Commands.ReturnToData, "\r\nERROR\r\n", "ERROR []"),
        new("No way back with older firmware", Sim800Commands.ReturnToData, "\r\nNO CARRIER\r\n", "NO CARRIER []"),
        new("The bearer's address with quotes", Sim800Commands.BearerQuery, "\r\n+SAPBR: 1,1,\"10.1.2.3\"\r\n\r\nOK\r\n", "OK [+SAPBR: 1,1,\"10.1.2.3\"]"),
        new("The bearer's address without", Sim800Commands.BearerQuery, "\r\n+SAPBR:1,1,10.89.193.1\r\n\r\nOK\r\n", "OK [+SAPBR:1,1,10.89.193.1]"),
        new("Bare digits are an IMEI", Imei, "\r\n865067026123456\r\n\r\nOK\r\n", "OK [865067026123456]"),
        new("A closing link is no IMEI", Imei, "\r\n0, CLOSED\r\n\r\n865067026123456\r\n\r\nOK\r\n", "OK [865067026123456]", "Closed 0: 0, CLOSED"),
        new("Free text, but not an unsolicited line", Anything, "\r\nSIM800 R14.18\r\n+PDP: DEACT\r\n\r\nOK\r\n", "OK [SIM800 R14.18]", "PdpDeactivated: +PDP: DEACT"),
        new("An answer without the first CRLF", Signal, "+CSQ: 24,0\r\nOK\r\n", "OK [+CSQ: 24,0]"),
        new("Line feeds alone", Signal, "\n+CSQ: 24,0\n\nOK\n", "OK [+CSQ: 24,0]"),
        new("Noise before the answer is a line of its own", Signal, "\u0000\u00ff\u00fe\r\n+CSQ: 24,0\r\n\r\nOK\r\n", "OK [+CSQ: 24,0]", "Unknown: \u0000\u00ff\u00fe"),
        new("A garbled answer is not taken", Signal, "\r\n+C?Q: 24,0\r\n\r\nOK\r\n", "OK []", "Unknown: +C?Q: 24,0"),
        new("A line without end is thrown away", Signal, new string('x', 5000) + "\r\n\r\nOK\r\n", "OK []"),
    ];
}
