using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem.Dialects;

/// <summary>SIMCom's LTE modems: A7670, A7672, A7608, SIM7600, SIM7500 (A76XX Series AT Command Manual V1.09, SIM7500_SIM7600 Series AT Command Manual V3.00).</summary>
internal sealed class SimcomLteDialect(SimcomLteTraits traits) : IModemDialect
{
    /// <summary>An A76xx is switched off by 2.5 s, needs 2 s before it is switched on, and hears the key for 50 ms (A7670 Hardware Design).</summary>
    private static readonly TimeSpan KeySwitchesOff = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StaysOff = TimeSpan.FromSeconds(3);

    private readonly SimcomLteContext _context = new(traits);

    /// <summary>The second one tells of 2G and 3G, where the first does not.</summary>
    internal static IReadOnlyList<AtCommand> Registrations { get; } = [StandardCommands.LteRegistrationQuery, StandardCommands.DataRegistrationQuery];

    public ModemFamily Family => ModemFamily.SimcomLte;

    public AtTables Tables { get; } = new()
    {
        Urcs = SimcomLteUrcs.Rows,
        CountedData = SimcomLteUrcs.CountedData,
        Texts = StandardUrcs.Texts,
        MaxCountedData = 1500,
        Resynchronisation = StandardCommands.Resynchronisation,
        SkipsNul = true,
        EchoesPayload = traits.HasPayloadEcho,
        StaysAwake = TimeSpan.FromSeconds(8), // of ten to twenty
        WakeUpPause = TimeSpan.FromMilliseconds(100),
    };

    public ILinkDialect Links { get; } = new SimcomLteLinks();

    public RawCommandRules RawCommands { get; } = new()
    {
        MaxLength = 1024,
        OwnResults =
        [
            new("+NETOPEN", IsWhole: true, ["+NETOPEN:*"]) { IsLate = true },
            new("+NETCLOSE", IsWhole: true, ["+NETCLOSE:*"]) { IsLate = true },
            new("+CIPOPEN=", IsWhole: false, ["+CIPOPEN:#,#"]) { IsLate = true },
            new("+CIPCLOSE=", IsWhole: false, ["+CIPCLOSE:#,#"]) { IsLate = true },
            new("+CNTP", IsWhole: true, ["+CNTP:*"]) { IsLate = true },
        ],
        Prompting = ["+CIPSEND", "+CMGS", "+CMGW", "+CFTRANRX", "+HTTPDATA"],
    };

    public AtCommand PinTriesLeft => SimcomLteCommands.PinTriesLeft;

    public IdentityCommands Identity { get; } = new()
    {
        Manufacturer = SimcomLteCommands.Manufacturer,
        Model = SimcomLteCommands.Model,
        Product = null,
        Firmware = StandardCommands.SimcomIdentity,
        Imei = SimcomLteCommands.Imei,
        Iccid = SimcomLteCommands.Iccid,
    };

    public AtCommand UseNetworkTime => SimcomLteCommands.UseNetworkTime;

    public IReadOnlyList<AtCommand> RegistrationQueries => Registrations;

    public AtCommand? LastRegistrationQuery => null;

    public AtCommand RegistrationWithCell => StandardCommands.LteRegistrationWithCell;

    /// <summary>A wrong access point is denied like a wrong card.</summary>
    public ModemRemedy WhenDenied => ModemRemedy.CheckApnAndCredentials;

    public ModemRemedy WhenNoNetwork => ModemRemedy.CheckAntennaAndRadio;

    public TimeSpan SimPatience { get; } = TimeSpan.FromSeconds(15);

    /// <summary>What errors look like after a restart differs from firmware to firmware.</summary>
    public bool ForgetsErrorFormat => false;

    public bool IsReadyWhenAttached => false;

    public AtCommand? ServingCell => SimcomLteCommands.ServingCell;

    public AtCommand Restart => SimcomLteCommands.Restart;

    public AtCommand PowerOff => SimcomLteCommands.PowerOff;

    public TimeSpan PowerKeySwitches { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A SIM7600 takes 23 s, an A76xx half of that.</summary>
    public TimeSpan BootTime { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Only their first line begins a boot; the others are known as news.</summary>
    public bool IsBootTail(string line) => false;

    public AtCommand SetBaudRate(int rate) => SimcomLteCommands.SetBaudRate(rate);

    public AtCommand Sleep(int mode) => mode < 2 || traits.SleepsWhenIdle
        ? SimcomLteCommands.Sleep(mode)
        : throw ModemFamilyException.UnsupportedFunction("Sleep while the line is idle (AT+CSCLK=2)", traits.Name);

    public IReadOnlyList<string> TroublesOf(string model, string firmware) => FirmwareTrouble.Of(model, firmware);

    public void Validate(ModemOptions options)
    {
        if (options.ReceiveMode != ModemReceiveMode.Manual)
        {
            throw ModemFamilyException.UnsupportedOption($"The receive mode {options.ReceiveMode}", traits.Name);
        }

        if (options.DnsServers.Count > 0 && !traits.HasNameServers)
        {
            throw ModemFamilyException.UnsupportedOption("A list of DNS servers", traits.Name);
        }
    }

    public Task PrepareRegistrationAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken) =>
        _context.PrepareRegistrationAsync(channel, options, cancellationToken);

    public Task<bool> TryOtherAccessAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken) =>
        _context.TryOtherOrderAsync(channel, options, cancellationToken);

    /// <summary>Detaching alone (AT+CGATT=0) makes links flap, because on LTE it is the registration that is lost.</summary>
    public async Task<bool> ReattachAsync(AtChannel channel, CancellationToken cancellationToken)
    {
        await channel.SendAsync(SimcomLteCommands.SelectOperator, cancellationToken).ConfigureAwait(false);
        await AccessPoint.AttachAgainAsync(channel, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public async Task RestartByKeyAsync(IModemPowerControl power, TimeProvider clock, CancellationToken cancellationToken)
    {
        await power.PressPowerKeyAsync(KeySwitchesOff, cancellationToken).ConfigureAwait(false);
        await Task.Delay(StaysOff, clock, cancellationToken).ConfigureAwait(false);
        await power.PressPowerKeyAsync(PowerKeySwitches, cancellationToken).ConfigureAwait(false);
    }

    public Task ShutAsync(ContextCommands commands, CancellationToken cancellationToken) => SimcomLteContext.ShutAsync(commands, cancellationToken);

    public Task<string?> BringUpContextAsync(ContextCommands commands, CancellationToken cancellationToken) =>
        _context.BringUpAsync(commands, cancellationToken);

    public Task<ContextState> ReadStateAsync(AtChannel channel, CancellationToken cancellationToken) =>
        SimcomLteContext.ReadStateAsync(channel, cancellationToken);

    public Task<ModemCellLocation> ReadLocationAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken) =>
        Task.FromException<ModemCellLocation>(ModemFamilyException.UnsupportedFunction("A position by cells (AT+CIPGSMLOC)", traits.Name));

    public Task SetClockAsync(
        AtChannel channel, ModemOptions options, string server, int quarterHours, CancellationToken cancellationToken) =>
        SimcomLteNtp.SetClockAsync(channel, server, quarterHours, cancellationToken);
}
