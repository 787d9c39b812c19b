using System.Runtime.InteropServices;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>The bearer of the modem's own applications (<c>AT+SAPBR</c>), open until disposed; one that was open before stays open.</summary>
internal sealed class Sim800Bearer : IAsyncDisposable
{
    private readonly AtChannel _channel;
    private readonly bool _opened;

    private Sim800Bearer(AtChannel channel, bool opened) => (_channel, _opened) = (channel, opened);

    /// <exception cref="ModemException">The network refused the bearer, or the modem did.</exception>
    internal static async Task<Sim800Bearer> OpenAsync(
        AtChannel channel, ModemOptions options, CancellationToken cancellationToken)
    {
        var status = await channel.AskAsync<BearerStatus>(
            Sim800Commands.BearerQuery, Sim800Stage.Gprs, BearerStatus.TryRead, cancellationToken).ConfigureAwait(false);
        if (status.IsOpen)
        {
            return new Sim800Bearer(channel, opened: false);
        }

        foreach (var setting in Settings(options))
        {
            await channel.ExecuteAsync(setting, Sim800Stage.Gprs, cancellationToken).ConfigureAwait(false);
        }

        await channel.ExecuteAsync(Sim800Commands.BearerOpen, Sim800Stage.Gprs, cancellationToken).ConfigureAwait(false);
        return new Sim800Bearer(channel, opened: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_opened || _channel.Closed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            // Whatever the answer: the network may have closed it already.
            await _channel.SendAsync(Sim800Commands.BearerClose, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ModemException e)
        {
            Log.BearerNotClosed(_channel.Logger, e.Message);
        }
    }

    private static IEnumerable<AtCommand> Settings(ModemOptions options)
    {
        yield return Sim800Commands.BearerSetting("Contype", "GPRS");
        if (options.Apn is { Length: > 0 } apn)
        {
            yield return Sim800Commands.BearerSetting("APN", apn);
        }

        if (options.ApnUser is { Length: > 0 } user)
        {
            yield return Sim800Commands.BearerSetting("USER", user);
        }

        if (options.ApnPassword is { Length: > 0 } password)
        {
            yield return Sim800Commands.BearerSetting("PWD", password);
        }
    }
}

/// <summary>The bearer that the modem's own applications use (<c>AT+SAPBR=2,1</c>). Plain TCP links do without it.</summary>
/// <param name="State">0 connecting, 1 connected, 2 closing, 3 closed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BearerStatus(int State)
{
    internal bool IsOpen => State == 1;

    /// <summary>Reads <c>+SAPBR: 1,1,"10.1.2.3"</c> and <c>+SAPBR:1,1,10.1.2.3</c>.</summary>
    internal static bool TryRead(string line, out BearerStatus status)
    {
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        var read = arguments.TryReadInt(out _) & arguments.TryReadInt(out var state);
        status = new BearerStatus(state);
        return read && state is >= 0 and <= 3;
    }
}
