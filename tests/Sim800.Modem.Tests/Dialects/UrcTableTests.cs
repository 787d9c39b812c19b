using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.Dialects;

/// <summary>What a line means, which link it names, whether its text is handed on, whether it may be logged, and what follows it.</summary>
public sealed class UrcTableTests
{
    private static readonly Dictionary<string, AtTables> Tables = new(StringComparer.Ordinal)
    {
        ["SIM800"] = new Sim800Dialect().Tables,
        ["LTE"] = new SimcomLteDialect(SimcomLteTraits.A76xx).Tables,
    };

    [Theory]
    [InlineData("+CIPRXGET: 1,2", "DataPending 2 numeric")]
    [InlineData("+CIPRXGET: 1", "DataPending numeric")]
    [InlineData("+RECEIVE,3,99999", "DataPushed 3 numeric")]
    [InlineData("2, CONNECT OK", "Connected 2")]
    [InlineData("CONNECT OK", "Connected")]
    [InlineData("4, CONNECT FAIL", "ConnectFailed 4")]
    [InlineData("CONNECT FAIL", "ConnectFailed")]
    [InlineData("5, ALREADY CONNECT", "AlreadyConnected 5")]
    [InlineData("ALREADY CONNECT", "AlreadyConnected")]
    [InlineData("1, CLOSED", "Closed 1")]
    [InlineData("CLOSED", "Closed")]
    [InlineData("3, CLOSE OK", "CloseOk 3")]
    [InlineData("CLOSE OK", "CloseOk")]
    [InlineData("2, SEND FAIL", "SendFailed 2")]
    [InlineData("SEND FAIL", "SendFailed")]
    [InlineData("4, SEND OK", "DataAccepted 4 numeric")]
    [InlineData("SEND OK", "DataAccepted numeric")]
    [InlineData("DATA ACCEPT:3,5", "DataAccepted 3 numeric")]
    [InlineData("DATA ACCEPT:*", "DataAccepted numeric")]
    [InlineData("+PDP: DEACT", "PdpDeactivated")]
    [InlineData("+PDP DEACT", "PdpDeactivated")]
    [InlineData("+SAPBR 1: DEACT", "BearerDeactivated")]
    [InlineData("RDY", "Started")]
    [InlineData("+CFUN: 1", "Started")]
    [InlineData("+CFUN: 4", "Other")]
    [InlineData("NORMAL POWER OFF", "PowerDown")]
    [InlineData("UNDER-VOLTAGE WARNNING", "VoltageWarning")]
    [InlineData("OVER-VOLTAGE POWER OFF", "VoltagePowerDown")]
    [InlineData("+CMTE: 1", "Temperature")]
    [InlineData("IIII\u00FF\u00FF\u00FF\u00FF", "Started")]
    [InlineData("what nobody knows", "Unknown private")]
    public void Of_a_SIM800(string line, string meaning) => Assert.Equal(meaning, MeaningOf("SIM800", line));

    [Theory]
    [InlineData("+CIPRXGET: 1,2", "DataPending 2 numeric")]
    [InlineData("+CADATAIND: 3", "DataPending 3 numeric")]
    [InlineData("+IPCLOSE: 4,1", "Closed 4")]
    [InlineData("+CIPOPEN: 5,0", "Connected 5")]
    [InlineData("+CIPOPEN: 5,2", "PdpDeactivated")]
    [InlineData("+CIPOPEN: 5,4", "AlreadyConnected 5")]
    [InlineData("+CIPOPEN: 5,8", "AlreadyConnected 5")]
    [InlineData("+CIPOPEN: 5,9", "AlreadyConnected 5")]
    [InlineData("+CIPOPEN: 5,11", "HostUnknown 5")]
    [InlineData("+CIPOPEN: 5,1", "ConnectFailed 5")]
    [InlineData("+CIPCLOSE: 6,0", "CloseOk 6")]
    [InlineData("+CIPSEND: 7,5,5", "DataAccepted 7 numeric")]
    [InlineData("+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY", "PdpDeactivated")]
    [InlineData("+NETCLOSE: 0", "PdpDeactivated")]
    [InlineData("+NETCLOSE: 1", "ContextDoubtful")]
    [InlineData("+NETOPEN: 0", "ContextDoubtful")]
    [InlineData("+CGEV: ME DETACH", "ContextDoubtful")]
    [InlineData("+CGEV: NW DETACH", "ContextDoubtful")]
    [InlineData("+CGEV: ME PDN ACT 1", "Other")]
    [InlineData("*ATREADY: 1", "Started")]
    [InlineData("PB DONE", "Other")]
    [InlineData("RECV FROM:10.0.0.1:80", "Started private")]
    [InlineData("+IPD5", "Started private")]
    [InlineData("+RECEIVE,0,5:", "Started private")]
    [InlineData("NORMAL POWER DOWN", "PowerDown")]
    [InlineData("UNDER-VOLTAGE WARNNING POWER DOWN", "VoltagePowerDown")]
    [InlineData("UNDER-VOLTAGE WARNING POWER DOWN", "VoltagePowerDown")]
    [InlineData("OVER-VOLTAGE POWER DOWN", "VoltagePowerDown")]
    [InlineData("OVER-VOLTAGE WARNNING", "VoltageWarning")]
    [InlineData("+SIMCARD: NOT AVAILABLE", "SimState")]
    [InlineData("+NITZ: 20/01/01", "NetworkClock")]
    public void Of_an_LTE_module(string line, string meaning) => Assert.Equal(meaning, MeaningOf("LTE", line));

    [Theory]
    [InlineData("+CPIN: READY", "SimState")]
    [InlineData("+CREG: 1", "RegistrationChanged")]
    [InlineData("+CGREG: 1", "RegistrationChanged")]
    [InlineData("+CEREG: 1", "RegistrationChanged")]
    [InlineData("+CMT: 28", "Message private Hex")]
    [InlineData("+CMT: ,28", "Message private Hex")]
    [InlineData("+CMT: \"\",28", "Message private Hex")]
    [InlineData("+CDS: 25", "Message private Hex")]
    [InlineData("+CBM: 88", "Message private Hex")]
    [InlineData("+CMT: \"+49\",,\"\"", "Message private Text")]
    [InlineData("+CBM: \"a\"", "Message private Text")]
    [InlineData("+CDS: \"a\"", "StatusReport private")]
    [InlineData("+CMTI: \"SM\",3", "MessageStored")]
    [InlineData("+CDSI: \"SM\",4", "MessageStored")]
    [InlineData("+CUSD: 2", "Ussd private")]
    [InlineData("+CTZV: \"+12\"", "NetworkClock")]
    [InlineData("RING", "Call")]
    [InlineData("+CLIP: \"+49\"", "Call")]
    [InlineData("NO CARRIER", "Call")]
    public void Of_every_modem(string line, string meaning) =>
        Assert.All(Tables.Keys, family => Assert.Equal(meaning, MeaningOf(family, line)));

    [Theory]
    [InlineData("SIM800", "+CIPRXGET: 2,0,5,1", false)]
    [InlineData("SIM800", "+RECEIVE,0,5", true)]
    [InlineData("SIM800", "+RECEIVE,0,5:", true)]
    [InlineData("SIM800", "+RECEIVE,0,5,10.0.0.1:80", true)]
    [InlineData("LTE", "+CIPRXGET: 2,0,5,1", false)]
    public void Behind_these_lines_bytes_follow(string family, string line, bool isPushed) =>
        Assert.Equal(isPushed, Assert.Single(Tables[family].CountedData, row => row.Pattern.Matches(Encoding.Latin1.GetBytes(line))).IsPushed);

    private static string MeaningOf(string family, string line)
    {
        var bytes = Encoding.Latin1.GetBytes(line);
        var row = Tables[family].Find(bytes);
        var urc = row.Read(bytes);
        string[] words =
        [
            urc.Kind.ToString(), urc.Link < 0 ? "" : $"{urc.Link}", row.IsNumeric ? "numeric" : "", row.IsPrivate ? "private" : "",
            row.Body == UrcBody.None ? "" : row.Body.ToString(),
        ];
        return string.Join(' ', words.Where(word => word.Length > 0));
    }
}
