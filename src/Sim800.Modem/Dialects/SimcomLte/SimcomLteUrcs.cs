using System.Collections.Immutable;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>
/// The unsolicited result codes of SIMCom's LTE modems (A76XX Series AT Command Manual V1.09 and SIM7500_SIM7600 Series AT Command Manual V3.00, chapters
/// TCP/IP), and the line after which raw bytes follow.
/// </summary>
internal static class SimcomLteUrcs
{
    /// <summary>The lines by which a boot is known before anything else is known of the modem.</summary>
    internal static ImmutableArray<UrcRow> OfBoot { get; } =
    [
        new("*ATREADY:*", UrcKind.Started),
        .. Ignored("SMS DONE", "PB DONE", "*ISIMAID:*", "*COPN:*"),
    ];

    /// <summary>The rows; the first one that matches is taken.</summary>
    internal static ImmutableArray<UrcRow> Rows { get; } =
    [
        new("+CIPRXGET:1,#", UrcKind.DataPending) { NamesLink = true, IsNumeric = true },
        new("+CADATAIND:#", UrcKind.DataPending) { NamesLink = true, IsNumeric = true },
        new("+IPCLOSE:#,#", UrcKind.Closed) { NamesLink = true },
        .. OfOpening("+CIPOPEN:#,0", UrcKind.Connected),
        new("+CIPOPEN:#,2", UrcKind.PdpDeactivated), // the service is not open: nobody's link is left
        .. OfOpening("+CIPOPEN:#,4", UrcKind.AlreadyConnected),
        .. OfOpening("+CIPOPEN:#,8", UrcKind.AlreadyConnected),
        .. OfOpening("+CIPOPEN:#,9", UrcKind.AlreadyConnected),
        .. OfOpening("+CIPOPEN:#,11", UrcKind.HostUnknown),
        .. OfOpening("+CIPOPEN:#,#", UrcKind.ConnectFailed),
        new("+CIPCLOSE:#,#", UrcKind.CloseOk) { NamesLink = true },
        new("+CIPSEND:#,#,*", UrcKind.DataAccepted) { NamesLink = true, IsNumeric = true },
        new("+CIPEVENT:*", UrcKind.PdpDeactivated),
        new("+NETCLOSE:0", UrcKind.PdpDeactivated),
        new("+NETCLOSE:*", UrcKind.ContextDoubtful),
        new("+NETOPEN:*", UrcKind.ContextDoubtful),
        new("+CGEV:ME DETACH*", UrcKind.ContextDoubtful),
        new("+CGEV:NW DETACH*", UrcKind.ContextDoubtful),
        .. OfBoot,
        new("RDY", UrcKind.Started),
        .. OfPushedData("RECV FROM:*", "+IPD#*", "+RECEIVE,#*"),
        new("NORMAL POWER DOWN", UrcKind.PowerDown),
        .. OfVoltage("UNDER-VOLTAGE"),
        .. OfVoltage("OVER-VOLTAGE"),
        new("+SIMCARD:*", UrcKind.SimState),
        .. StandardUrcs.Rows,
        new("+NITZ:*", UrcKind.NetworkClock),
        .. Ignored(
            "CALL READY", "SMS READY", "+MSTK:*", "+CIPERROR:*", "+IP ERROR:*", "+CNTP:*", "+CDNSGIP:*", "+CPING:*", "+CFUN:#", "Autobaud:*", "+STIN:*", "+CTZE:*"),
    ];

    /// <summary>The answer to a read.</summary>
    internal static ImmutableArray<CountedDataRow> CountedData { get; } = [new("+CIPRXGET:2,#,#,#", IsPushed: false)];

    private static UrcRow[] OfOpening(string pattern, UrcKind kind) => [new(pattern, kind) { NamesLink = true }];

    /// <summary>The modem pushes data only when it has forgotten its settings, by a restart that was not seen.</summary>
    private static IEnumerable<UrcRow> OfPushedData(params string[] patterns) =>
        patterns.Select(pattern => new UrcRow(pattern, UrcKind.Started) { IsPrivate = true });

    /// <summary>The manuals spell the word in two ways.</summary>
    private static UrcRow[] OfVoltage(string which) =>
    [
        new(which + " WARNNING POWER *", UrcKind.VoltagePowerDown),
        new(which + " WARNING POWER *", UrcKind.VoltagePowerDown),
        new(which + " POWER *", UrcKind.VoltagePowerDown),
        new(which + " WARN*", UrcKind.VoltageWarning),
    ];

    private static IEnumerable<UrcRow> Ignored(params string[] patterns) => patterns.Select(pattern => new UrcRow(pattern, UrcKind.Other));
}
