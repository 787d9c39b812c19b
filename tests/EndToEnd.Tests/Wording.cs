using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>What is said to the SIM800L, and by it, as the other models have it.</summary>
internal static class Wording
{
    private static readonly (string Sim800L, string Other)[] OfSim7000G =
    [
        ("CREG", "CEREG"),
        ("SIMCOM_SIM800L", "SIMCOM_SIM7000G"),
        ("1418B05SIM800L24", "1529B10SIM7000G"),
        ("SIM800 R14.18", "SIM7000G R1529"),
    ];

    private static readonly (string Sim800L, string Other)[] OfLte =
    [
        ("CREG", "CEREG"),
        ("AT+CIICR", "AT+NETOPEN"),
        ("AT+CIPSTART", "AT+CIPOPEN"),
        ("AT+CIPSHUT", "AT+NETCLOSE"),
        ("AT+CIPMUX", "AT+CIPMODE"),
        ("AT+CSTT", "AT+CGDCONT"),
        ("AT+CIFSR", "AT+IPADDR"),
        ("AT+GSN", "AT+CGSN"),
        ("AT+GMI", "AT+CGMI"),
        ("AT+GMM", "AT+CGMM"),
        ("AT+GMR", "AT+SIMCOMATI"),
        ("AT+CCID", "AT+CICCID"),
        ("+CCID:", "+ICCID:"),
        ("+CSQ: 21,0", "+CSQ: 21,99"),
        ("+IPR=115200", "+IPREX=115200"),
        ("SIMCOM_Ltd", "SIMCOM INCORPORATED"),
        (" SIM800 R14.18", ""), // the answer to ATI has it not in one line
    ];

    private static readonly (string Sim800L, string Other)[] OfA7670E =
        [.. OfLte, ("SIMCOM_SIM800L", "A7670E-FASE"), ("1418B05SIM800L24", "A011B09A7670M7_F A7670M7_B09V01_250619")];

    private static readonly (string Sim800L, string Other)[] OfSim7600E =
        [.. OfLte, ("SIMCOM_SIM800L", "SIMCOM_SIM7600E"), ("1418B05SIM800L24", "LE20B04SIM7600E22")];

    internal static SocketCommands SocketCommandsOf(VirtualModemModel model) =>
        model is VirtualModemModel.A7670E or VirtualModemModel.Sim7600E ? SocketCommands.Cipopen : SocketCommands.Cipstart;

    /// <param name="model">The model it is for.</param>
    /// <param name="text">A command line or an answer of the SIM800L.</param>
    internal static string Of(VirtualModemModel model, string text)
    {
        var table = model switch
        {
            VirtualModemModel.Sim800L => [],
            VirtualModemModel.Sim7000G => OfSim7000G,
            VirtualModemModel.A7670E => OfA7670E,
            _ => OfSim7600E,
        };
        return table.Aggregate(text, (said, row) => said.Replace(row.Sim800L, row.Other, StringComparison.Ordinal));
    }
}
