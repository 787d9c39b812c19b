using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem.Dialects;

/// <summary>The SIM800 family: SIM800, SIM800L, SIM800C, SIM800H, SIM808, SIM868 and their like (SIM800 Series AT Command Manual V1.12).</summary>
/// <param name="traits">What its relatives do otherwise.</param>
internal sealed class Sim800Dialect(Sim800Traits traits) : IModemDialect
{
    internal Sim800Dialect()
        : this(Sim800Traits.Sim800)
    {
    }

    public ModemFamily Family => traits.Family;

    public AtTables Tables { get; } = new()
    {
        Urcs = [.. traits.FirstUrcs, .. Sim800Urcs.Rows],
        CountedData = Sim800Urcs.CountedData,
        Texts = StandardUrcs.Texts,
        MaxCountedData = 1500,
        Resynchronisation = StandardCommands.Resynchronisation,
        BootBytes = Sim800Urcs.PowerOnBytes,
        StaysAwake = TimeSpan.FromSeconds(4), // of five (AT+CSCLK)
        WakeUpPause = TimeSpan.FromMilliseconds(100),
    };

    public ILinkDialect Links { get; } = new Sim800Links(traits.Links);

    /// <summary>Own results: chapters 6 and 8; the length of a command line: 1.4.4.</summary>
    public RawCommandRules RawCommands { get; } = new()
    {
        MaxLength = 556,
        OwnResults =
        [
            new("+CIPSHUT", IsWhole: true, ["SHUT OK"]),
            new("+CIFSR", IsWhole: true, ["#.#.#.#"]),
            new("+CIPCLOSE", IsWhole: false, ["#,CLOSE OK", "CLOSE OK"]),
            new("+CIPSTATUS", IsWhole: true, ["STATE:*"]),
            new("+CDNSGIP=", IsWhole: false, ["+CDNSGIP:*"]),
            new("+CNTP", IsWhole: true, ["+CNTP:*"]),
            new("+CPOWD=1", IsWhole: true, ["NORMAL POWER *"]),
        ],
        Prompting = ["+CIPSEND", "+CMGS", "+CMGW", "+FSWRITE", "+HTTPDATA"],
    };

    public AtCommand PinTriesLeft => Sim800Commands.PinTriesLeft;

    public IdentityCommands Identity { get; } = new() { Iccid = Sim800Commands.Iccid };

    public AtCommand UseNetworkTime => Sim800Commands.UseNetworkTime;

    public IReadOnlyList<AtCommand> RegistrationQueries => traits.RegistrationQueries;

    public AtCommand? LastRegistrationQuery => traits.LastRegistrationQuery;

    public AtCommand RegistrationWithCell => traits.RegistrationWithCell;

    public ModemRemedy WhenDenied => traits.AttachesWithAccessPoint ? ModemRemedy.CheckApnAndCredentials : ModemRemedy.CheckAccount;

    public ModemRemedy WhenNoNetwork => traits.AttachesWithAccessPoint ? ModemRemedy.CheckAntennaAndRadio : ModemRemedy.CheckAntenna;

    public TimeSpan SimPatience => TimeSpan.Zero;

    public bool ForgetsErrorFormat => true;

    public bool IsReadyWhenAttached => !traits.AttachesWithAccessPoint;

    public AtCommand? ServingCell => null;

    public AtCommand Restart => Sim800Commands.Restart;

    public AtCommand PowerOff => Sim800Commands.PowerOff;

    /// <summary>At least one second low switches the module on, and off (SIM800L Hardware Design 4.2).</summary>
    public TimeSpan PowerKeySwitches { get; } = TimeSpan.FromSeconds(1.2);

    /// <summary>
    /// The OK of a restart comes at once and the modem answers for a moment longer; it is down until RDY, which comes within 4.4 s, or
    /// not at all with automatic baud rate detection.
    /// </summary>
    public TimeSpan BootTime { get; } = TimeSpan.FromSeconds(6);

    public bool IsBootTail(string line) => line is "Call Ready" or "SMS Ready";

    public AtCommand SetBaudRate(int rate) => StandardCommands.SetBaudRate(rate);

    public AtCommand Sleep(int mode) => Sim800Commands.Sleep(mode);

    public IReadOnlyList<string> TroublesOf(string model, string firmware) => [];

    public void Validate(ModemOptions options)
    {
        // every setting is this family's own
    }

    public Task PrepareRegistrationAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken) =>
        traits.AttachesWithAccessPoint ? AccessPoint.PrepareAsync(channel, options, cancellationToken) : Task.CompletedTask;

    public Task<bool> TryOtherAccessAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken) => Task.FromResult(false);

    public async Task<bool> ReattachAsync(AtChannel channel, CancellationToken cancellationToken)
    {
        await channel.SendAsync(StandardCommands.Detach, cancellationToken).ConfigureAwait(false);
        await channel.SendAsync(StandardCommands.Attach, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>More than 33 s low restart it (SIM800L Hardware Design 4.2).</summary>
    public Task RestartByKeyAsync(IModemPowerControl power, TimeProvider clock, CancellationToken cancellationToken) =>
        power.PressPowerKeyAsync(TimeSpan.FromSeconds(34), cancellationToken).AsTask();

    public Task ShutAsync(ContextCommands commands, CancellationToken cancellationToken) =>
        commands.RequireAsync(Sim800Commands.Shut, cancellationToken);

    public Task<string?> BringUpContextAsync(ContextCommands commands, CancellationToken cancellationToken) =>
        Sim800Context.BringUpAsync(commands, cancellationToken);

    public Task<ContextState> ReadStateAsync(AtChannel channel, CancellationToken cancellationToken) =>
        Sim800Context.ReadStateAsync(channel, cancellationToken);

    public Task<ModemCellLocation> ReadLocationAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken) =>
        Sim800Location.ReadAsync(channel, options, cancellationToken);

    public Task SetClockAsync(
        AtChannel channel, ModemOptions options, string server, int quarterHours, CancellationToken cancellationToken) =>
        Sim800Ntp.SetClockAsync(channel, options, server, quarterHours, cancellationToken);
}
