using System.Collections.Immutable;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>The unsolicited result codes of a SIM800 (SIM800 manual, "Unsolicited Result Codes"), and the lines after which raw bytes follow.</summary>
internal static class Sim800Urcs
{
    /// <summary>The rows; the first one that matches is taken.</summary>
    internal static ImmutableArray<UrcRow> Rows { get; } =
    [
        new("+CIPRXGET:1,#*", UrcKind.DataPending) { NamesLink = true, IsNumeric = true },
        new("+CIPRXGET:1*", UrcKind.DataPending) { IsNumeric = true },
        new("+RECEIVE,#,#*", UrcKind.DataPushed) { NamesLink = true, IsNumeric = true },
        .. OfLink("CONNECT OK", UrcKind.Connected),
        .. OfLink("CONNECT FAIL", UrcKind.ConnectFailed),
        .. OfLink("ALREADY CONNECT", UrcKind.AlreadyConnected),
        .. OfLink("CLOSED", UrcKind.Closed),
        .. OfLink("CLOSE OK", UrcKind.CloseOk),
        .. OfLink("SEND FAIL", UrcKind.SendFailed),
        new("#,SEND OK", UrcKind.DataAccepted) { NamesLink = true, IsNumeric = true },
        new("SEND OK", UrcKind.DataAccepted) { IsNumeric = true },
        new("DATA ACCEPT:#*", UrcKind.DataAccepted) { NamesLink = true, IsNumeric = true },
        new("DATA ACCEPT:*", UrcKind.DataAccepted) { IsNumeric = true },
        new("+PDP:DEACT", UrcKind.PdpDeactivated),
        new("+PDP DEACT", UrcKind.PdpDeactivated),
        new("+SAPBR #:DEACT", UrcKind.BearerDeactivated),
        new("RDY", UrcKind.Started),
        new("+CFUN:1", UrcKind.Started),
        new("Call Ready", UrcKind.Started),
        new("SMS Ready", UrcKind.Started),
        new("NORMAL POWER DOWN", UrcKind.PowerDown),
        new("NORMAL POWER OFF", UrcKind.PowerDown),
        new("UNDER-VOLTAGE WARN*", UrcKind.VoltageWarning),
        new("OVER-VOLTAGE WARN*", UrcKind.VoltageWarning),
        new("UNDER-VOLTAGE POWER *", UrcKind.VoltagePowerDown),
        new("OVER-VOLTAGE POWER *", UrcKind.VoltagePowerDown),
        new("+CMTE:*", UrcKind.Temperature),
        .. StandardUrcs.Rows,
        new("*PSUTTZ:*", UrcKind.NetworkClock),
        new("*PSNWID:*", UrcKind.NetworkClock),
        new("DST:*", UrcKind.NetworkClock),
        new("+CIEV:*", UrcKind.NetworkClock),
        new("MO RING", UrcKind.Call),
        .. Ignored(
            "+CFUN:#", "STATE:*", "C:*", "+CSQN:*", "+CENG:*", "+CSMINS:*", "+CDNSGIP:*", "+CNTP:*", "+DTMF:*", "RECV FROM:*", "REMOTE IP:*",
            "SERVER *", "ALARM RING*", "CHARGE-ONLY MODE"),
    ];

    /// <summary>The answer to a read, and pushed data.</summary>
    internal static ImmutableArray<CountedDataRow> CountedData { get; } =
    [
        new("+CIPRXGET:2,#,#,#", IsPushed: false),
        new("+RECEIVE,#,#:*", IsPushed: true),
        new("+RECEIVE,#,#,*", IsPushed: true), // with the peer's address
        new("+RECEIVE,#,#", IsPushed: true),
    ];

    /// <summary>What the modem sends at 115200 baud right after power-on: <c>49 49 49 49 FF FF FF FF</c>.</summary>
    internal static ReadOnlyMemory<byte> PowerOnBytes { get; } = new byte[] { 0x49, 0x49, 0x49, 0x49, 0xFF, 0xFF };

    /// <summary>With the link's number before it, and without one while there is a single link (CIPMUX=0).</summary>
    private static UrcRow[] OfLink(string words, UrcKind kind) => [new("#," + words, kind) { NamesLink = true }, new(words, kind)];

    private static IEnumerable<UrcRow> Ignored(params string[] patterns) =>
        patterns.Select(pattern => new UrcRow(pattern, UrcKind.Other));
}
