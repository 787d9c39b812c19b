using System.Collections.Immutable;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>What the modems that speak the SIM800's commands do differently.</summary>
internal sealed record Sim800Traits
{
    internal static Sim800Traits Sim800 { get; } = new()
    {
        Family = ModemFamily.Sim800,
        Links = 6,
        RegistrationQueries = [StandardCommands.RegistrationQuery],
        LastRegistrationQuery = StandardCommands.DataRegistrationQuery,
        RegistrationWithCell = StandardCommands.RegistrationWithCell,
    };

    /// <summary>LTE-M, NB-IoT and 2G: the same stack with eight links (SIM7000 Series AT Command Manual V1.06).</summary>
    internal static Sim800Traits Sim7000 { get; } = new()
    {
        Family = ModemFamily.Sim7000,
        Links = 8,
        RegistrationQueries = [StandardCommands.LteRegistrationQuery, StandardCommands.DataRegistrationQuery],
        RegistrationWithCell = StandardCommands.LteRegistrationWithCell,
        AttachesWithAccessPoint = true,
    };

    public required ModemFamily Family { get; init; }

    /// <summary>How many links may be open at once.</summary>
    public required int Links { get; init; }

    public required IReadOnlyList<AtCommand> RegistrationQueries { get; init; }

    public AtCommand? LastRegistrationQuery { get; init; }

    public required AtCommand RegistrationWithCell { get; init; }

    /// <summary>Whether the network attaches the modem with an access point already, so that it has to be known before the registration.</summary>
    public bool AttachesWithAccessPoint { get; init; }

    /// <summary>Rows before those of the family, for a modem that is still to be identified.</summary>
    public ImmutableArray<UrcRow> FirstUrcs { get; init; } = [];
}
