using System.Collections.Immutable;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>The unsolicited result codes of V.250, 27.007 and 27.005, which every modem has.</summary>
internal static class StandardUrcs
{
    internal static ImmutableArray<UrcRow> Rows { get; } =
    [
        new("+CPIN:*", UrcKind.SimState),
        new("+CREG:*", UrcKind.RegistrationChanged),
        new("+CGREG:*", UrcKind.RegistrationChanged),
        new("+CEREG:*", UrcKind.RegistrationChanged),
        .. Messages(UrcBody.Hex, "+CMT:#", "+CMT:,#", "+CMT:\"\",#", "+CDS:#", "+CBM:#"), // before a PDU; in text mode other fields (27.005 §3.4.1)
        .. Messages(UrcBody.Text, "+CMT:*", "+CBM:*"),
        new("+CDS:*", UrcKind.StatusReport) { IsPrivate = true },
        new("+CMTI:*", UrcKind.MessageStored),
        new("+CDSI:*", UrcKind.MessageStored),
        new("+CUSD:*", UrcKind.Ussd) { IsPrivate = true },
        new("+CTZV:*", UrcKind.NetworkClock),
        new("RING", UrcKind.Call),
        new("+CLIP:*", UrcKind.Call),
        new("NO CARRIER", UrcKind.Call),
        new("+CGEV:*", UrcKind.Other),
    ];

    /// <summary>The text of a network or of a phone book, in quotes, may have line ends of its own.</summary>
    internal static IReadOnlyList<AtPattern> Texts { get; } = ["+CUSD:*", "+CPBR:*", "+CPBF:*", "+CNUM:*"];

    /// <summary>The header of a message, whose second line is its body.</summary>
    private static IEnumerable<UrcRow> Messages(UrcBody body, params string[] headers) =>
        headers.Select(header => new UrcRow(header, UrcKind.Message) { Body = body, IsPrivate = true });
}
