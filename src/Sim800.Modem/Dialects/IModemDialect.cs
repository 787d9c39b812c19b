using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem.Dialects;

/// <summary>
/// Everything that one family of modems does in its own way. What V.250, 27.005 and 27.007 settle is in <see cref="StandardCommands"/>
/// and <see cref="StandardUrcs"/>. A second family is a second folder beside <c>Sim800</c> and nothing else.
/// </summary>
internal interface IModemDialect
{
    /// <summary>The family.</summary>
    ModemFamily Family { get; }

    /// <summary>What the AT engine has to know: unsolicited result codes, counted data, resynchronisation.</summary>
    AtTables Tables { get; }

    /// <summary>How TCP links are opened, used and closed.</summary>
    ILinkDialect Links { get; }

    /// <summary>What has to be known about command lines that users type.</summary>
    RawCommandRules RawCommands { get; }

    /// <summary>The tries that are left for the PIN: the first number of the answer.</summary>
    AtCommand PinTriesLeft { get; }

    /// <summary>How the modem and its card are asked who they are.</summary>
    IdentityCommands Identity { get; }

    /// <summary>Lets the network set the clock.</summary>
    AtCommand UseNetworkTime { get; }

    /// <summary>Asks for the registration; the modem is registered when one of the answers says so.</summary>
    IReadOnlyList<AtCommand> RegistrationQueries { get; }

    /// <summary>Asked when the others have said no for too long: a registration for data alone; <c>null</c> when there is no such question.</summary>
    AtCommand? LastRegistrationQuery { get; }

    /// <summary>Asks for the registration with the cell.</summary>
    AtCommand RegistrationWithCell { get; }

    /// <summary>What to do when the network denies the registration.</summary>
    ModemRemedy WhenDenied { get; }

    /// <summary>What to do when no network is found.</summary>
    ModemRemedy WhenNoNetwork { get; }

    /// <summary>How long the SIM card may be said to fail while it starts up.</summary>
    TimeSpan SimPatience { get; }

    /// <summary>
    /// Whether a restart is known by errors in numbers. A modem that keeps them in words says only by the lines of its boot that it has restarted.
    /// </summary>
    bool ForgetsErrorFormat { get; }

    /// <summary>Whether a modem that is attached needs nothing more before its data connection: its card is unlocked, it is registered, and no access
    /// point has been told to the network yet.</summary>
    bool IsReadyWhenAttached { get; }

    /// <summary>Asks for the cell in use with its levels; <c>null</c> when the modem cannot tell.</summary>
    AtCommand? ServingCell { get; }

    /// <summary>Restarts the modem.</summary>
    AtCommand Restart { get; }

    /// <summary>Switches the modem off.</summary>
    AtCommand PowerOff { get; }

    /// <summary>How long the power key is held to switch the modem on.</summary>
    TimeSpan PowerKeySwitches { get; }

    /// <summary>The longest time from <see cref="Restart"/> to a modem that answers, when it does not announce its start.</summary>
    TimeSpan BootTime { get; }

    /// <summary>Whether the line is one of the last of a boot, which may come long after the modem has answered for the first time.</summary>
    bool IsBootTail(string line);

    /// <summary>Sets the baud rate for good, together with <c>AT&amp;W</c>.</summary>
    AtCommand SetBaudRate(int rate);

    /// <summary>Allows sleep: 0 never, 1 while DTR is released, 2 when the line is idle.</summary>
    AtCommand Sleep(int mode);

    /// <summary>The troubles that this firmware is known for, a sentence each with the way out.</summary>
    IReadOnlyList<string> TroublesOf(string model, string firmware);

    /// <summary>Refuses a setting that means nothing to this family.</summary>
    /// <exception cref="ModemFamilyException">A setting would be ignored.</exception>
    void Validate(ModemOptions options);

    /// <summary>What has to be said to a modem whose card is unlocked before it registers.</summary>
    /// <exception cref="GprsException">The modem refused the access point.</exception>
    Task PrepareRegistrationAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken);

    /// <summary>The network has denied the registration: tells it another way what it may have taken amiss, once.</summary>
    /// <returns>Whether there was another way, so that the registration is worth awaiting again.</returns>
    Task<bool> TryOtherAccessAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken);

    /// <summary>Leaves the network and comes back.</summary>
    /// <returns>Whether the registration has to be awaited again.</returns>
    Task<bool> ReattachAsync(AtChannel channel, CancellationToken cancellationToken);

    /// <summary>Switches the modem off and on by its power key, whatever its firmware is doing.</summary>
    Task RestartByKeyAsync(IModemPowerControl power, TimeProvider clock, CancellationToken cancellationToken);

    /// <summary>Shuts the IP stack, whatever state it is in: no link and no address is left.</summary>
    /// <exception cref="GprsException">The modem refused.</exception>
    Task ShutAsync(ContextCommands commands, CancellationToken cancellationToken);

    /// <summary>Brings up the data connection of a modem that is attached and whose IP stack is shut, ready to open links.</summary>
    /// <returns>The address that the network gave the modem; <c>null</c> when the modem does not tell it.</returns>
    /// <exception cref="GprsException">The network refused, or the modem did.</exception>
    Task<string?> BringUpContextAsync(ContextCommands commands, CancellationToken cancellationToken);

    /// <summary>Asks for the state of the IP stack.</summary>
    Task<ContextState> ReadStateAsync(AtChannel channel, CancellationToken cancellationToken);

    /// <summary>Asks the manufacturer's server for the position of the cells in range.</summary>
    /// <exception cref="ModemLocationException">The server gave no location.</exception>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    Task<ModemCellLocation> ReadLocationAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken);

    /// <summary>Sets the modem's clock from an NTP server.</summary>
    /// <param name="channel">The modem.</param>
    /// <param name="options">The access point.</param>
    /// <param name="server">Name or address of the server.</param>
    /// <param name="quarterHours">Distance of the local zone from UTC, in quarters of an hour.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="NtpException">The clock was not set.</exception>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    Task SetClockAsync(AtChannel channel, ModemOptions options, string server, int quarterHours, CancellationToken cancellationToken);
}

/// <summary>The questions of an identity; what a family has no question for is <c>null</c>.</summary>
internal sealed record IdentityCommands
{
    public AtCommand Manufacturer { get; init; } = StandardCommands.Manufacturer;

    public AtCommand Model { get; init; } = StandardCommands.Model;

    public AtCommand? Product { get; init; } = StandardCommands.Product;

    public AtCommand Firmware { get; init; } = StandardCommands.Firmware;

    public AtCommand Imei { get; init; } = StandardCommands.Imei;

    /// <summary>The serial number of the SIM card.</summary>
    public required AtCommand Iccid { get; init; }
}
