using System.IO.Pipelines;
using Sim800.Modem;

namespace Sim800.Mqtt.Composition;

/// <summary>Where the modem comes from: a device or line that can be opened again, or a modem that is the caller's.</summary>
internal sealed class ModemSource : IAsyncDisposable
{
    private readonly Func<ModemOptions, CancellationToken, Task<CellularModem>>? _open;
    private readonly string? _device;
    private CellularModem? _modem;

    private ModemSource(Func<ModemOptions, CancellationToken, Task<CellularModem>> open, string? device = null) => (_open, _device) = (open, device);

    private ModemSource(CellularModem modem) => _modem = modem;

    /// <summary>The open modem; <c>null</c> before it is opened and between a dead line and the next attempt.</summary>
    internal CellularModem? Current => Volatile.Read(ref _modem);

    internal bool IsOwned => _open is not null;

    /// <summary>Whether the device has been open before.</summary>
    internal bool WasOpened { get; private set; }

    /// <summary>Whether opening has a chance: a path that leads nowhere has none. A link counts by what it leads to.</summary>
    internal bool IsPresent => _device is null || PathLeadsSomewhere(_device);

    public ValueTask DisposeAsync() => DiscardAsync();

    internal static ModemSource Of(string device)
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        return new ModemSource((options, cancellationToken) => CellularModem.OpenAsync(device, options, cancellationToken), device);
    }

    internal static ModemSource Of(IDuplexPipe line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new ModemSource((options, cancellationToken) => CellularModem.OpenAsync(line, options, cancellationToken));
    }

    internal static ModemSource Of(Stream line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new ModemSource((options, cancellationToken) => CellularModem.OpenAsync(line, options, cancellationToken));
    }

    internal static ModemSource Of(CellularModem modem)
    {
        ArgumentNullException.ThrowIfNull(modem);
        return new ModemSource(modem);
    }

    internal async ValueTask<CellularModem> GetAsync(ModemOptions options, CancellationToken cancellationToken)
    {
        if (_modem is null)
        {
            Volatile.Write(ref _modem, await _open!(options, cancellationToken).ConfigureAwait(false));
            WasOpened = true;
        }

        return _modem;
    }

    /// <summary>Closes a modem whose line is dead, so that the next attempt opens it again.</summary>
    internal async ValueTask DiscardAsync()
    {
        if (IsOwned && Interlocked.Exchange(ref _modem, null) is { } modem)
        {
            await modem.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool PathLeadsSomewhere(string device)
    {
        try
        {
            return File.Exists(device) && File.ResolveLinkTarget(device, returnFinalTarget: true) is not { Exists: false };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // opening says better what is the matter
        }
    }
}
