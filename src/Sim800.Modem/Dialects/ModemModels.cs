using System.Collections.Immutable;

namespace Sim800.Modem.Dialects;

/// <summary>The models that are recognised by the name they give themselves, and the dialect of each. The first row that fits is taken.</summary>
internal static class ModemModels
{
    private static readonly ImmutableArray<ModemModel> Rows =
    [
        // Not an A76xx, although the number is the same: four links and another chip.
        Refused("SIM767", "the SIM767x opens connections by commands of its own, for which there is no driver yet"),
        Refused("SIM707", NoStack),
        Refused("SIM708", NoStack),
        Refused("SIM709", NoStack),
        new("SIM7000", static () => new Sim800Dialect(Sim800Traits.Sim7000), null),
        new("SIM7600", static () => new SimcomLteDialect(SimcomLteTraits.Sim7600), null),
        new("SIM7500", static () => new SimcomLteDialect(SimcomLteTraits.Sim7600), null),
        new("A76", static () => new SimcomLteDialect(SimcomLteTraits.A76xx), null),
        new("SIM80", static () => new Sim800Dialect(), null),
        new("SIM84", static () => new Sim800Dialect(), null),
        new("SIM86", static () => new Sim800Dialect(), null),
        new("SIM90", static () => new Sim800Dialect(), null),
    ];

    private const string NoStack = "the SIM7070, SIM7080 and SIM7090 open connections by AT+CNACT and AT+CAOPEN, for which there is no driver yet";

    /// <summary>The row of a line in which a modem names itself; <c>null</c> when it names none of them.</summary>
    internal static ModemModel? Find(string line)
    {
        foreach (var row in Rows)
        {
            if (line.Contains(row.Name, StringComparison.OrdinalIgnoreCase))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The dialect of a family that was chosen without asking the modem; a guess for <see cref="ModemFamily.Automatic"/>.</summary>
    internal static IModemDialect Of(ModemFamily family) => family switch
    {
        ModemFamily.Sim7000 => new Sim800Dialect(Sim800Traits.Sim7000),
        ModemFamily.SimcomLte => new SimcomLteDialect(SimcomLteTraits.Unknown),
        ModemFamily.Sim800 => new Sim800Dialect(),
        _ => new Sim800Dialect(Sim800Traits.Sim800 with { FirstUrcs = SimcomLteUrcs.OfBoot }),
    };

    private static ModemModel Refused(string name, string missing) => new(name, null, missing);
}

/// <summary>A model, or several whose names have the same beginning.</summary>
/// <param name="Name">What stands in the name that the modem gives itself.</param>
/// <param name="Create">Makes its dialect; <c>null</c> when there is none.</param>
/// <param name="Missing">Why there is none.</param>
internal sealed record ModemModel(string Name, Func<IModemDialect>? Create, string? Missing);
