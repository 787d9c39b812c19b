using Sim800.Modem.At;

namespace Sim800.Modem.Bearer;

/// <summary>The bearer, open as long as this object lives; one that was open before stays open.</summary>
internal sealed class BearerSession : IAsyncDisposable
{
    private readonly Sim800Modem _modem;
    private readonly bool _opened;

    private BearerSession(Sim800Modem modem, bool opened) => (_modem, _opened) = (modem, opened);

    /// <exception cref="ModemException">The network refused the bearer, or the modem did.</exception>
    internal static async Task<BearerSession> OpenAsync(Sim800Modem modem, CancellationToken cancellationToken)
    {
        var status = await AtQuery.AskAsync<BearerStatus>(
            modem, Sim800UserCommands.BearerQuery, Sim800Stage.Gprs, BearerStatus.TryRead, cancellationToken).ConfigureAwait(false);
        if (status.IsOpen)
        {
            return new BearerSession(modem, opened: false);
        }

        foreach (var setting in Settings(modem.Options))
        {
            await modem.ExecuteAsync(setting, Sim800Stage.Gprs, cancellationToken).ConfigureAwait(false);
        }

        await modem.ExecuteAsync(Sim800UserCommands.BearerOpen, Sim800Stage.Gprs, cancellationToken).ConfigureAwait(false);
        return new BearerSession(modem, opened: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_opened || _modem.Closed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            // Whatever the answer: the network may have closed it already.
            await _modem.Channel.SendAsync(Sim800UserCommands.BearerClose, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ModemException e)
        {
            Log.BearerNotClosed(_modem.Logger, e.Message);
        }
    }

    private static IEnumerable<AtCommand> Settings(Sim800ModemOptions options)
    {
        yield return Sim800UserCommands.BearerSetting("Contype", "GPRS");
        if (options.Apn is { Length: > 0 } apn)
        {
            yield return Sim800UserCommands.BearerSetting("APN", apn);
        }

        if (options.ApnUser is { Length: > 0 } user)
        {
            yield return Sim800UserCommands.BearerSetting("USER", user);
        }

        if (options.ApnPassword is { Length: > 0 } password)
        {
            yield return Sim800UserCommands.BearerSetting("PWD", password);
        }
    }
}
