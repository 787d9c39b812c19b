using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem.BringUp;

/// <summary>Brings up the data connection: GPRS attached, CSTT, CIICR, CIFSR (SIM800 manual, chapter 8).</summary>
internal sealed class PdpContext(AtChannel channel, LinkTable links, Sim800ModemOptions options, ProgressReport progress)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What the modem sends at once of a transparent connection by default (CIPCCFG).</summary>
    private const int MaxPacket = 1024;
    private const string Deactivated = "PDP DEACT";
    private volatile bool _deactivated;
    private volatile bool _isBroughtUp;

    /// <summary>Whether the context is up, as far as the driver knows.</summary>
    internal bool IsUp => _isBroughtUp && !_deactivated;

    /// <summary>The address that the network gave the modem.</summary>
    internal string? LocalAddress { get; private set; }

    /// <summary>The network took the context away, or the modem forgot it.</summary>
    internal void OnDeactivated() => _deactivated = true;

    /// <summary>
    /// Asks the modem which state its IP stack is in (CIPSTATUS). One that can open no connection means that the context is gone.
    /// </summary>
    /// <returns>The state in the manual's words, such as <c>IP STATUS</c>; <c>null</c> when the modem does not say.</returns>
    internal async Task<string?> ReadStateAsync(CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(Sim800Commands.Status, cancellationToken).ConfigureAwait(false);
        var state = response.FinalResult.IsSuccess ? response.Final["STATE:".Length..].Trim() : null;
        if (state is not ("IP STATUS" or "IP PROCESSING" or "TCP CLOSED" or "CONNECT OK"))
        {
            OnDeactivated();
        }

        return state;
    }

    /// <exception cref="GprsException">The network refused, or the modem did.</exception>
    internal async Task BringUpAsync(CancellationToken cancellationToken)
    {
        await AttachAsync(cancellationToken).ConfigureAwait(false);
        await RequireAsync(Sim800Commands.Shut, cancellationToken).ConfigureAwait(false);
        links.OnShut();
        _isBroughtUp = false;
        _deactivated = false; // from here on it counts, whenever it comes
        await SetLinkModeAsync(cancellationToken).ConfigureAwait(false);
        await RequireAsync(
            Sim800Commands.StartTask(options.Apn, options.ApnUser, options.ApnPassword), cancellationToken).ConfigureAwait(false);
        progress.Wait(Sim800Stage.Gprs, "the network brings up the data connection");
        await RequireAsync(Sim800Commands.BringUpContext, cancellationToken).ConfigureAwait(false);
        var address = await RequireAsync(Sim800Commands.LocalAddress, cancellationToken).ConfigureAwait(false);
        LocalAddress = address.Information is [.., var line] ? line : null;
        if (options.DnsServers.Count > 0)
        {
            await RequireAsync(Sim800Commands.NameServers(options.DnsServers), cancellationToken).ConfigureAwait(false);
        }

        _isBroughtUp = true;
    }

    /// <summary>GPRS may attach a while after the registration, and by itself; it is asked to only when it does not.</summary>
    private async Task AttachAsync(CancellationToken cancellationToken)
    {
        var started = options.TimeProvider.GetTimestamp();
        while (!await IsAttachedAsync(cancellationToken).ConfigureAwait(false))
        {
            var elapsed = options.TimeProvider.GetElapsedTime(started);
            if (elapsed >= options.AttachTimeout)
            {
                throw GprsException.NotAttached();
            }

            progress.Wait(Sim800Stage.Gprs, "GPRS attaches");
            if (elapsed >= Patience)
            {
                await RequireAsync(Sim800Commands.Attach, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Interval, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsAttachedAsync(CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(Sim800Commands.AttachQuery, cancellationToken).ConfigureAwait(false);
        return response.Information is [.., var line] && line.EndsWith('1');
    }

    /// <summary>
    /// All settings in one line. Firmware without TLS of its own refuses its last part; one that refuses the rest too gets the settings
    /// one by one, to say which one it minds.
    /// </summary>
    private async Task SetLinkModeAsync(CancellationToken cancellationToken)
    {
        if (options is { ReceiveMode: ReceiveMode.Transparent, TransparentEscape: TransparentEscape.DataTerminalReady })
        {
            await RequireAsync(Sim800Commands.DtrIsEscape, cancellationToken).ConfigureAwait(false);
        }

        var row = options.ReceiveMode switch
        {
            ReceiveMode.Push => Sim800Commands.PushLinks,
            ReceiveMode.Transparent => Sim800Commands.TransparentLink(
                Math.Min(options.MaxSendSize, MaxPacket), options.TransparentEscape == TransparentEscape.Pluses),
            _ => Sim800Commands.ManualLinks,
        };
        if (await AcceptsAsync(row, cancellationToken).ConfigureAwait(false)
            || await AcceptsAsync(Sim800Commands.WithoutSsl(row), cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach (var single in Sim800Commands.Singly(Sim800Commands.WithoutSsl(row)))
        {
            await RequireAsync(single, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> AcceptsAsync(AtCommand command, CancellationToken cancellationToken) =>
        (await channel.SendAsync(command, cancellationToken).ConfigureAwait(false)).FinalResult.IsSuccess;

    private async Task<AtResponse> RequireAsync(AtCommand command, CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        return response.FinalResult.IsSuccess
            ? response
            : throw GprsException.Of(new ModemFailure(
                Sim800Stage.Gprs, command, response, _deactivated ? Deactivated : await ReadStateAsync(cancellationToken).ConfigureAwait(false)));
    }
}
