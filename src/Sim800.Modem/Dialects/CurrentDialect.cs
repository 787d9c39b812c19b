using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem.Dialects;

/// <summary>The dialect of the modem: a first guess until the modem has been identified, and what that found from then on.</summary>
/// <param name="guess">Of the family that is forced, or else the one that most modems have.</param>
internal sealed class CurrentDialect(IModemDialect guess) : IModemDialect
{
    private volatile IModemDialect _current = guess;

    public ModemFamily Family => _current.Family;

    public AtTables Tables => _current.Tables;

    public ILinkDialect Links => _current.Links;

    public RawCommandRules RawCommands => _current.RawCommands;

    public AtCommand PinTriesLeft => _current.PinTriesLeft;

    public IdentityCommands Identity => _current.Identity;

    public AtCommand UseNetworkTime => _current.UseNetworkTime;

    public IReadOnlyList<AtCommand> RegistrationQueries => _current.RegistrationQueries;

    public AtCommand? LastRegistrationQuery => _current.LastRegistrationQuery;

    public AtCommand RegistrationWithCell => _current.RegistrationWithCell;

    public ModemRemedy WhenDenied => _current.WhenDenied;

    public ModemRemedy WhenNoNetwork => _current.WhenNoNetwork;

    public TimeSpan SimPatience => _current.SimPatience;

    public bool ForgetsErrorFormat => _current.ForgetsErrorFormat;

    public bool IsReadyWhenAttached => _current.IsReadyWhenAttached;

    public AtCommand? ServingCell => _current.ServingCell;

    public AtCommand Restart => _current.Restart;

    public AtCommand PowerOff => _current.PowerOff;

    public TimeSpan PowerKeySwitches => _current.PowerKeySwitches;

    public TimeSpan BootTime => _current.BootTime;

    internal void Adopt(IModemDialect found) => _current = found;

    public bool IsBootTail(string line) => _current.IsBootTail(line);

    public AtCommand SetBaudRate(int rate) => _current.SetBaudRate(rate);

    public AtCommand Sleep(int mode) => _current.Sleep(mode);

    public IReadOnlyList<string> TroublesOf(string model, string firmware) => _current.TroublesOf(model, firmware);

    public void Validate(ModemOptions options) => _current.Validate(options);

    public Task PrepareRegistrationAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken) =>
        _current.PrepareRegistrationAsync(channel, options, cancellationToken);

    public Task<bool> TryOtherAccessAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken) =>
        _current.TryOtherAccessAsync(channel, options, cancellationToken);

    public Task<bool> ReattachAsync(AtChannel channel, CancellationToken cancellationToken) => _current.ReattachAsync(channel, cancellationToken);

    public Task RestartByKeyAsync(IModemPowerControl power, TimeProvider clock, CancellationToken cancellationToken) =>
        _current.RestartByKeyAsync(power, clock, cancellationToken);

    public Task ShutAsync(ContextCommands commands, CancellationToken cancellationToken) => _current.ShutAsync(commands, cancellationToken);

    public Task<string?> BringUpContextAsync(ContextCommands commands, CancellationToken cancellationToken) =>
        _current.BringUpContextAsync(commands, cancellationToken);

    public Task<ContextState> ReadStateAsync(AtChannel channel, CancellationToken cancellationToken) =>
        _current.ReadStateAsync(channel, cancellationToken);

    public Task<ModemCellLocation> ReadLocationAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken) =>
        _current.ReadLocationAsync(channel, options, cancellationToken);

    public Task SetClockAsync(
        AtChannel channel, ModemOptions options, string server, int quarterHours, CancellationToken cancellationToken) =>
        _current.SetClockAsync(channel, options, server, quarterHours, cancellationToken);
}
