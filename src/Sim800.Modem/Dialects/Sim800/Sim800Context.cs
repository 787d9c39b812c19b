using System.Net;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>The data connection of a SIM800: CIPMUX and its like, CSTT, CIICR, CIFSR, and CIPSTATUS for its state (chapter 8).</summary>
internal static class Sim800Context
{
    /// <summary>The default size of a packet of a transparent connection (CIPCCFG).</summary>
    private const int MaxPacket = 1024;

    private const int AddressAttempts = 3;

    internal static async Task<string?> BringUpAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        var options = commands.Options;
        await SetLinkModeAsync(commands, cancellationToken).ConfigureAwait(false);
        var startTask = Sim800Commands.StartTask(options.Apn, options.ApnUser, options.ApnPassword);
        await commands.AdvanceAsync(new ContextStep(startTask, "IP INITIAL", null, "IP START"), cancellationToken).ConfigureAwait(false);
        commands.Report("the network brings up the data connection");
        await commands.AdvanceAsync(
            new ContextStep(Sim800Commands.BringUpContext, "IP START", "IP CONFIG", "IP GPRSACT"), cancellationToken).ConfigureAwait(false);
        var address = await ReadAddressAsync(commands, cancellationToken).ConfigureAwait(false);
        if (options.DnsServers.Count > 0)
        {
            await commands.RequireAsync(Sim800Commands.NameServers(options.DnsServers), cancellationToken).ConfigureAwait(false);
        }

        return address;
    }

    /// <summary>Four numbers that are no address were damaged on the line and are asked again; the address is news, and nothing waits for it.</summary>
    private static async Task<string?> ReadAddressAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < AddressAttempts; attempt++)
        {
            var command = commands.Memory.Known is null ? Sim800Commands.LocalAddress : Sim800Commands.LocalAddressAlone;
            var response = await commands.RequireAsync(command, cancellationToken).ConfigureAwait(false);
            var line = response.Information is [.., var told] ? told : response.Final;
            if (IPAddress.TryParse(line, out var address) && string.Equals(address.ToString(), line, StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>In any other state than these four no connection can be opened: the context is gone.</summary>
    internal static async Task<ContextState> ReadStateAsync(AtChannel channel, CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(Sim800Commands.Status, cancellationToken).ConfigureAwait(false);
        var state = response.FinalResult.IsSuccess ? response.Final["STATE:".Length..].Trim() : null;
        return new ContextState(state, state is "IP STATUS" or "IP PROCESSING" or "TCP CLOSED" or "CONNECT OK");
    }

    /// <summary>
    /// Sends all settings in one line. Firmware without a TLS stack refuses its last part; firmware that refuses the rest too gets the
    /// settings one by one, so that the error names the one it refuses.
    /// </summary>
    private static async Task SetLinkModeAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        var options = commands.Options;
        if (options is { ReceiveMode: ModemReceiveMode.Transparent, TransparentEscape: ModemTransparentEscape.DataTerminalReady })
        {
            await commands.RequireAsync(Sim800Commands.DtrIsEscape, cancellationToken).ConfigureAwait(false);
        }

        var row = options.ReceiveMode switch
        {
            ModemReceiveMode.Push => Sim800Commands.PushLinks,
            ModemReceiveMode.Transparent => Sim800Commands.TransparentMode(
                Math.Min(options.MaxSendSize, MaxPacket), options.TransparentEscape == ModemTransparentEscape.Pluses),
            _ => Sim800Commands.ManualLinks,
        };
        var lacksTls = commands.Memory.Known is { LacksTls: true };
        if (!lacksTls && await commands.IsAcceptedAsync(row, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (await commands.IsAcceptedAsync(Sim800Commands.WithoutSsl(row), cancellationToken).ConfigureAwait(false))
        {
            commands.Memory.LearnLackOfTls();
            return;
        }

        foreach (var single in Sim800Commands.Singly(Sim800Commands.WithoutSsl(row)))
        {
            await commands.RequireAsync(single, cancellationToken).ConfigureAwait(false);
        }
    }
}
