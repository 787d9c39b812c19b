using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.At;

/// <summary>Unsolicited lines where they are least wanted.</summary>
internal static class InterleavingFixtures
{
    private static readonly AtCommand Pin = StandardCommands.PinQuery;
    private static readonly AtCommand Creg = StandardCommands.RegistrationQuery;
    private static readonly AtCommand Context = new("AT+CGACT=1,1", TimeSpan.FromSeconds(150));

    internal static IEnumerable<Fixture> All =>
    [
        new(
            "The boot's lines inside the query of the PIN",
            Pin,
            "\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nOK\r\n",
            "OK [+CPIN: READY]",
            "Started: RDY",
            "Started: +CFUN: 1"),
        new(
            "The end of the boot inside AT",
            StandardCommands.Attention,
            "\r\nCall Ready\r\n\r\nSMS Ready\r\n\r\nOK\r\n",
            "OK []",
            "Started: Call Ready",
            "Started: SMS Ready"),
        new("Power-on bytes", null, "\u0000IIII\u00ff\u00ff\u00ff\u00ff\r\nRDY\r\n", null, "Started: \u0000IIII\u00ff\u00ff\u00ff\u00ff", "Started: RDY"),
        new(
            "The network's time inside the activation",
            Context,
            "\r\n*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0\r\n\r\nDST: 0\r\n\r\n+CIEV: 10,\"25001\",\"MTS RUS\",\"MTS RUS\", 0, 0\r\n\r\nOK\r\n",
            "OK []",
            "NetworkClock: *PSUTTZ: 2020,12,9,12,57,4,\"+12\",0",
            "NetworkClock: DST: 0",
            "NetworkClock: +CIEV: 10,\"25001\",\"MTS RUS\",\"MTS RUS\", 0, 0"),
        new("DEACT as the first line of CIPSHUT's answer", Sim800Commands.Shut, "\r\n+PDP: DEACT\r\n\r\nSHUT OK\r\n", "OK []", "PdpDeactivated: +PDP: DEACT"),
        new("A refused context", Sim800Commands.BringUpContext, "\r\n+PDP: DEACT\r\n\r\nERROR\r\n", "ERROR []", "PdpDeactivated: +PDP: DEACT"),
        new("A late CONNECT FAIL inside another command", Pin, "\r\n0, CONNECT FAIL\r\n\r\n+CPIN: READY\r\n\r\nOK\r\n", "OK [+CPIN: READY]", "ConnectFailed 0: 0, CONNECT FAIL"),
        new("Registration as an answer has one field more than as news", Creg, "\r\n+CREG: 1\r\n\r\n+CREG: 0,1\r\n\r\nOK\r\n", "OK [+CREG: 0,1]", "RegistrationChanged: +CREG: 1"),
        new("Registration with the cell", Creg, "\r\n+CREG: 5,\"1A2B\",\"00C3\"\r\n\r\n+CREG: 2,5,\"1A2B\",\"00C3\"\r\n\r\nOK\r\n", "OK [+CREG: 2,5,\"1A2B\",\"00C3\"]", "RegistrationChanged: +CREG: 5,\"1A2B\",\"00C3\""),
        new("A message comes in two lines", Creg, "\r\n+CMT: \"\",23\r\n07914\r\n\r\n+CREG: 0,1\r\n\r\nOK\r\n", "OK [+CREG: 0,1]", "Message: +CMT: \"\",23\r\n07914"),
        new("The second line of a message may look like a result", Creg, "\r\n+CMT: \"+49\",,\"\"\r\nOK\r\n\r\n+CREG: 0,1\r\n\r\nOK\r\n", "OK [+CREG: 0,1]", "Message: +CMT: \"+49\",,\"\"\r\nOK"),
        new("Warnings of the supply without blank lines", null, "UNDER-VOLTAGE WARNNING\r\nUNDER-VOLTAGE WARNNING\r\n", null, "VoltageWarning: UNDER-VOLTAGE WARNNING", "VoltageWarning: UNDER-VOLTAGE WARNNING"),
        new("Warnings in correct English", null, "\r\nOVER-VOLTAGE WARNING\r\n", null, "VoltageWarning: OVER-VOLTAGE WARNING"),
        new("The supply fails", null, "\r\nUNDER-VOLTAGE POWER DOWN\r\n", null, "VoltagePowerDown: UNDER-VOLTAGE POWER DOWN"),
        new("A SIM800F powers off", null, "\r\nNORMAL POWER OFF\r\n", null, "PowerDown: NORMAL POWER OFF"),
        new("The bearer is gone", null, "\r\n+SAPBR 1: DEACT\r\n", null, "BearerDeactivated: +SAPBR 1: DEACT"),
        new("A two-stage answer", new AtCommand("AT+CNTP", TimeSpan.FromSeconds(60)) { Success = ["+CNTP:#*"] }, "\r\nOK\r\n\r\n+CNTP: 1\r\n", "OK []"),
        new("Radio off takes its connections with it", new AtCommand("AT+CFUN=0", TimeSpan.FromSeconds(10)), "\r\n+SAPBR 1: DEACT\r\n\r\n+PDP: DEACT\r\n\r\n+CPIN: NOT READY\r\n\r\nOK\r\n", "OK []", "BearerDeactivated: +SAPBR 1: DEACT", "PdpDeactivated: +PDP: DEACT", "SimState: +CPIN: NOT READY"),
        new("A final result when nobody waits is noise", null, "\r\nOK\r\n\r\nERROR\r\n", null, "Unknown: OK", "Unknown: ERROR"),
    ];
}
