using System.Collections.Immutable;

namespace Sim800.Modem.Dialects;

/// <summary>Troubles that firmware of LTE modems is known for from the field, with the way out.</summary>
/// <param name="Model">What stands in the name of the model.</param>
/// <param name="Builds">What stands in the name of the firmware; none for every build of the model.</param>
/// <param name="Text">One sentence for the user.</param>
internal sealed record FirmwareTrouble(string Model, ImmutableArray<string> Builds, string Text)
{
    private static readonly ImmutableArray<FirmwareTrouble> Rows =
    [
        new("A7670E-LNXY", ["23110B01", "B01V01_230724"],
            "This firmware is known to answer a plain ERROR to AT+NETOPEN and AT+IPADDR: write 23124B03 or later to the module."),
        new("A7670E-LASE", ["A011B12"], "This firmware is known to restart at AT+NETOPEN: check the supply, then use another firmware."),
        new("A7670G", ["B19"], "This firmware is known to fail at AT+CNTP with code 6: take the time from elsewhere, or use another firmware."),
        new("A7608E-H", ["B11V05", "B08"], "This firmware is known to fall back to the access point of the factory: the driver writes it at every start."),
        new("SIM7600G", ["LE20B05"],
            "This firmware is known to answer a plain ERROR to AT+NETOPEN while more contexts than the first are defined (AT+CGDCONT?): delete those."),
    ];

    /// <summary>The sentences for this modem.</summary>
    internal static IReadOnlyList<string> Of(string model, string firmware) =>
    [
        .. Rows.Where(row => model.Contains(row.Model, StringComparison.OrdinalIgnoreCase)
                || (row.Model.StartsWith("SIM", StringComparison.Ordinal) && firmware.Contains(row.Model, StringComparison.OrdinalIgnoreCase)))
            .Where(row => row.Builds.Any(build => firmware.Contains(build, StringComparison.OrdinalIgnoreCase)))
            .Select(row => row.Text),
    ];
}
