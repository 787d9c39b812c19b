using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.At;

/// <summary>CIPSEND and CIPRXGET: prompts, counted payload, and everything that gets in between.</summary>
internal static class DataFixtures
{
    private static readonly AtCommand Read = Sim800Commands.Receive(0);
    private static readonly AtCommand Send = Sim800Commands.Send(0);

    internal static IEnumerable<Fixture> All =>
    [
        new("Five bytes and none left", Read, "\r\n+CIPRXGET: 2,0,5,0\r\nhello\r\nOK\r\n", "OK [2,0,5,0]", "read 0: hello"),
        new("A SIM900 writes no space", Read, "\r\n+CIPRXGET:2,0,5,7\r\nhello\r\nOK\r\n", "OK [2,0,5,7]", "read 0: hello"),
        new("A blank line before the OK", Read, "\r\n+CIPRXGET: 2,0,5,0\r\nhello\r\n\r\nOK\r\n", "OK [2,0,5,0]", "read 0: hello"),
        new("Nothing there", Read, "\r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n", "OK [2,0,0,0]"),
        new("Nothing there, with the empty line of the data", Read, "\r\n+CIPRXGET: 2,0,0,0\r\n\r\n\r\nOK\r\n", "OK [2,0,0,0]"),
        new("A link that is not open", Read, "\r\nERROR\r\n", "ERROR []"),
        new(
            "Payload that looks like lines",
            Read,
            "\r\n+CIPRXGET: 2,0,39,0\r\n\r\nOK\r\n0, CLOSED\r\n+PDP: DEACT\r\nERROR\r\n> \r\nOK\r\n",
            "OK [2,0,39,0]",
            "read 0: \r\nOK\r\n0, CLOSED\r\n+PDP: DEACT\r\nERROR\r\n> "),
        new("Payload of every kind of byte", Read, "\r\n+CIPRXGET: 2,0,6,0\r\n\u0000\u001a\u001b\u00ff\r\n\r\nOK\r\n", "OK [2,0,6,0]", "read 0: \u0000\u001a\u001b\u00ff\r\n"),
        new(
            "Announcements before the answer, several times",
            Read,
            "\r\n+CIPRXGET: 1,0\r\n\r\n+CIPRXGET: 1,3\r\n\r\n+CIPRXGET: 2,0,2,0\r\nhi\r\nOK\r\n",
            "OK [2,0,2,0]",
            "DataPending 0",
            "DataPending 3",
            "read 0: hi"),
        new(
            "An unsolicited line between data and OK",
            Read,
            "\r\n+CIPRXGET: 2,0,2,0\r\nhi\r\n\r\n*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0\r\n\r\nOK\r\n",
            "OK [2,0,2,0]",
            "read 0: hi",
            "NetworkClock: *PSUTTZ: 2020,12,9,12,57,4,\"+12\",0"),
        new("An announcement right behind the answer", Read, "\r\n+CIPRXGET: 2,0,2,0\r\nhi\r\nOK\r\n\r\n+CIPRXGET: 1,0\r\n", "OK [2,0,2,0]", "read 0: hi", "DataPending 0"),
        new("An announcement of a single link", null, "\r\n+CIPRXGET: 1\r\n", null, "DataPending"),
        new("A stray OK is not the answer to a read", Read, "\r\nOK\r\n", null),
        new("Bytes lost in the data: the end of the count is not where the data ends", Read, "\r\n+CIPRXGET: 2,0,9,0\r\nhello\r\nOK\r\n", null, "read 0: hello\r\nOK"),
        new("Two bytes lost in the data: what follows is not a new line", Read, "\r\n+CIPRXGET: 2,0,7,0\r\nhello\r\nOK\r\n", "OK [2,0,7,0]", "read 0: hello\r\n", "slip"),
        new("A truncated answer eats the next line", Read, "\r\n+CIPRXGET: 2,0,30,0\r\nhello\r\nOK\r\n\r\n0, CLOSED\r\n", null, "read 0: hello\r\nOK\r\n\r\n0, CLOSED\r\n"),
        new("A count beyond reason is not believed", Read, "\r\n+CIPRXGET: 2,0,99999,0\r\n\r\nOK\r\n", "OK [2,0,99999,0]"),
        new("Prompt and acceptance", Send, "\r\n> \r\nDATA ACCEPT:0,5\r\n", "OK [0,5]") { Argument = 5, Payload = "hello" },
        new("Acceptance with a space", Send, "\r\n> \r\nDATA ACCEPT: 0,5\r\n", "OK [0,5]") { Argument = 5, Payload = "hello" },
        new("A prompt without its space", Send, "\r\n>\r\nDATA ACCEPT:0,5\r\n", "OK [0,5]") { Argument = 5, Payload = "hello" },
        new("The end of the boot inside a send", Send, "\r\n> \r\nCall Ready\r\n\r\nSMS Ready\r\n\r\nDATA ACCEPT:0,5\r\n", "OK [0,5]", "Started: Call Ready", "Started: SMS Ready") { Argument = 5, Payload = "hello" },
        new("Less accepted than offered", Send, "\r\n> \r\nDATA ACCEPT:0,3\r\n", "OK [0,3]") { Argument = 5, Payload = "hello" },
        new("Echo of command and payload", Send, "AT+CIPSEND=0,5\r\r\n> hello\r\nDATA ACCEPT:0,5\r\n", "OK [0,5]", "echo") { Argument = 5, Payload = "hello" },
        new(
            "Echo of a payload that looks like an answer",
            Send,
            "AT+CIPSEND=0,10\r\r\n> \r\nERROR\r\n>\r\nDATA ACCEPT:0,10\r\n",
            "OK [0,10]",
            "echo") { Argument = 10, Payload = "\r\nERROR\r\n>" },
        new("Slow send without a space", Send, "\r\n> \r\n0,SEND OK\r\n", "OK [0]") { Argument = 5, Payload = "hello" },
        new("SEND FAIL without a space", Send, "\r\n> \r\n0,SEND FAIL\r\n", "0,SEND FAIL []") { Argument = 5, Payload = "hello" },
        new("An unsolicited line right behind the prompt", Send, "\r\n> \r\nRING\r\n\r\nDATA ACCEPT:0,5\r\n", "OK [0,5]", "Call: RING") { Argument = 5, Payload = "hello" },
        new("ERROR instead of a prompt", Send, "\r\nERROR\r\n", "ERROR []") { Argument = 5, Payload = "hello" },
        new("The limit without a space", Sim800Commands.SendLimit(0), "\r\n+CIPSEND:0,1460\r\n\r\nOK\r\n", "OK [0,1460]"),
        new("Slow send", Send, "\r\n> \r\n0, SEND OK\r\n", "OK [0]") { Argument = 5, Payload = "hello" },
        new("SEND FAIL", Send, "\r\n> \r\n0, SEND FAIL\r\n", "0, SEND FAIL []") { Argument = 5, Payload = "hello" },
        new("SEND FAIL of another link", Send, "\r\n> \r\n1, SEND FAIL\r\n", null, "SendFailed 1: 1, SEND FAIL") { Argument = 5, Payload = "hello" },
        new("No link instead of a prompt", Send, "\r\n+CME ERROR: operation not allowed\r\n", "+CME ERROR: operation not allowed []") { Argument = 5, Payload = "hello" },
        new("An announcement between prompt and acceptance", Send, "\r\n> \r\n+CIPRXGET: 1,0\r\n\r\nDATA ACCEPT:0,5\r\n", "OK [0,5]", "DataPending 0") { Argument = 5, Payload = "hello" },
        new("Closed while sending: no other answer comes", Send, "\r\n> \r\n0, CLOSED\r\n", "0, CLOSED []", "Closed 0: 0, CLOSED") { Argument = 5, Payload = "hello" },
        new("Context lost while sending", Send, "\r\n> \r\n+PDP: DEACT\r\n", "+PDP: DEACT []", "PdpDeactivated: +PDP: DEACT") { Argument = 5, Payload = "hello" },
        new("Restart while sending", Send, "\r\n> \r\nRDY\r\n", "RDY []", "Started: RDY") { Argument = 5, Payload = "hello" },
        new("Another link closes while sending", Send, "\r\n> \r\n2, CLOSED\r\n\r\nDATA ACCEPT:0,5\r\n", "OK [0,5]", "Closed 2: 2, CLOSED") { Argument = 5, Payload = "hello" },
        new("A greater-than sign when nobody waits for a prompt", null, "\r\n> hello\r\n", null, "Unknown: > hello"),
        new("Pushed data", null, "\r\n+RECEIVE,2,5:\r\nhello\r\n+CIPRXGET: 1,0\r\n", null, "push 2: hello", "DataPending 0"),
        new("Pushed data with the sender's address", null, "\r\n+RECEIVE,2,5,10.0.0.1:80:\r\nhello\r\nRING\r\n", null, "push 2: hello", "Call: RING"),
        new("Pushed data inside an answer", Send, "\r\n> \r\n+RECEIVE,1,4:\r\nOK\r\n\r\nDATA ACCEPT:0,5\r\n", "OK [0,5]", "push 1: OK\r\n") { Argument = 5, Payload = "hello" },
        new("Limits of all links", Sim800Commands.SendLimit(0), "\r\n+CIPSEND: 0,1460\r\n+CIPSEND: 1,0\r\n+CIPSEND: 2,0\r\n\r\nOK\r\n", "OK [0,1460]", "Unknown: +CIPSEND: 1,0", "Unknown: +CIPSEND: 2,0"),
        new("Acknowledged bytes", Sim800Commands.Acknowledged(0), "\r\n+CIPACK: 3, 2, 1\r\n\r\nOK\r\n", "OK [3,2,1]"),
        new("An open link", Sim800Commands.LinkStatus(0), "\r\n+CIPSTATUS: 0,0,\"TCP\",\"51.116.145.38\",\"80\",\"CONNECTED\"\r\n\r\nOK\r\n", "OK [+CIPSTATUS: 0,0,\"TCP\",\"51.116.145.38\",\"80\",\"CONNECTED\"]"),
        new("An unused link", Sim800Commands.LinkStatus(2), "\r\n+CIPSTATUS: 2,,\"\",\"\",\"\",\"INITIAL\"\r\n\r\nOK\r\n", "OK [+CIPSTATUS: 2,,\"\",\"\",\"\",\"INITIAL\"]"),
    ];
}
