using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Known;
using Sim800.Modem.Reporting;

namespace Sim800.Modem.BringUp;

/// <summary>
/// The data connection (PDP context): whether it is up, and the way to it. GPRS attachment is the same with every modem (27.007 §10.1.9);
/// the rest is the dialect's.
/// </summary>
internal sealed class PdpContext
{
    private const string Deactivated = "PDP DEACT";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long GPRS may take to attach by itself.</summary>
    private static readonly TimeSpan AttachesByItself = TimeSpan.FromSeconds(10);

    private readonly AtChannel _channel;
    private readonly IModemDialect _dialect;
    private readonly Action _onShut;
    private readonly ModemOptions _options;
    private readonly ContextCommands _commands;
    private readonly ModemMemory _memory;
    private volatile bool _deactivated;
    private volatile bool _isBroughtUp;

    /// <param name="channel">The modem.</param>
    /// <param name="dialect">Its family.</param>
    /// <param name="onShut">Called when the IP stack has been shut: the modem has no link any more.</param>
    /// <param name="options">The access point, and the time for the attachment.</param>
    /// <param name="progress">Told what is waited for.</param>
    /// <param name="memory">What is known of the modem.</param>
    internal PdpContext(AtChannel channel, IModemDialect dialect, Action onShut, ModemOptions options, ProgressReport progress, ModemMemory memory)
    {
        (_channel, _dialect, _onShut, _options, _memory) = (channel, dialect, onShut, options, memory);
        _commands = new ContextCommands(channel, dialect, options, progress, memory, ExplainStateAsync);
    }

    /// <summary>Whether the context is up, as far as the driver knows.</summary>
    internal bool IsUp => _isBroughtUp && !_deactivated;

    /// <summary>The address that the network gave the modem.</summary>
    internal string? LocalAddress { get; private set; }

    /// <summary>The network took the context away, or the modem forgot it.</summary>
    internal void OnDeactivated() => _deactivated = true;

    /// <summary>Asks for the state of the IP stack. One in which no connection can be opened means that the context is gone.</summary>
    /// <returns>The state in the manual's words, such as <c>IP STATUS</c>; <c>null</c> when the modem does not say.</returns>
    internal async Task<string?> ReadStateAsync(CancellationToken cancellationToken)
    {
        var state = await _dialect.ReadStateAsync(_channel, cancellationToken).ConfigureAwait(false);
        if (!state.IsUp)
        {
            OnDeactivated();
        }

        return state.Text;
    }

    /// <exception cref="GprsException">The network refused, or the modem did.</exception>
    internal async Task BringUpAsync(CancellationToken cancellationToken)
    {
        if (!_memory.TakeAttached())
        {
            await AttachAsync(cancellationToken).ConfigureAwait(false);
        }

        await _dialect.ShutAsync(_commands, cancellationToken).ConfigureAwait(false);
        _onShut();
        _isBroughtUp = false;
        _deactivated = false; // from here on it counts, whenever it comes
        try
        {
            LocalAddress = await _dialect.BringUpContextAsync(_commands, cancellationToken).ConfigureAwait(false);
        }
        catch (ModemException)
        {
            _memory.Distrust();
            throw;
        }

        _isBroughtUp = true;
        await _memory.KeepAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>GPRS may attach a while after the registration, and by itself; the command is sent only when it does not.</summary>
    private async Task AttachAsync(CancellationToken cancellationToken)
    {
        var started = _options.TimeProvider.GetTimestamp();
        while (!await IsAttachedAsync(cancellationToken).ConfigureAwait(false))
        {
            var elapsed = _options.TimeProvider.GetElapsedTime(started);
            if (elapsed >= _options.AttachTimeout)
            {
                throw GprsException.NotAttached();
            }

            _commands.Report("GPRS attaches");
            if (elapsed >= AttachesByItself)
            {
                await _commands.RequireAsync(StandardCommands.Attach, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Interval, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsAttachedAsync(CancellationToken cancellationToken)
    {
        var response = await _channel.SendAsync(StandardCommands.AttachQuery, cancellationToken).ConfigureAwait(false);
        return response.Information is [.., var line] && line.EndsWith('1');
    }

    private async Task<string?> ExplainStateAsync(CancellationToken cancellationToken) =>
        _deactivated ? Deactivated : (await _dialect.ReadStateAsync(_channel, cancellationToken).ConfigureAwait(false)).Text;
}
