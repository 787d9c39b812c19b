using System.Net;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>
/// The access point and the socket service of SIMCom's LTE modems: CGDCONT and CGAUTH before the modem registers, NETOPEN afterwards. One for each modem,
/// because it remembers in which order the firmware wants user and password.
/// </summary>
internal sealed class SimcomLteContext(SimcomLteTraits traits)
{
    private const int OpenAttempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>After the network has been lost it comes back by itself within this time, or not at all.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool _isUserFirst;
    private bool _hasTurned;
    private bool _hasOpened;

    /// <summary>Writes access point and credentials and attaches again when they are new to the modem, or may be.</summary>
    internal async Task PrepareRegistrationAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken)
    {
        var isNew = await AccessPoint.WriteAsync(channel, options, cancellationToken).ConfigureAwait(false);
        if (HasCredentials(options))
        {
            await AuthenticateAsync(channel, options, cancellationToken).ConfigureAwait(false);
            isNew = true; // whether the modem had them when it registered, nobody can tell
        }

        if (isNew)
        {
            await AccessPoint.AttachAgainAsync(channel, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A denied registration may be a refused login: user and password change places, once.</summary>
    internal async Task<bool> TryOtherOrderAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken)
    {
        if (!HasCredentials(options) || _hasOpened || _hasTurned)
        {
            return false;
        }

        (_isUserFirst, _hasTurned) = (!_isUserFirst, true);
        await AuthenticateAsync(channel, options, cancellationToken).ConfigureAwait(false);
        await AccessPoint.AttachAgainAsync(channel, cancellationToken).ConfigureAwait(false);
        return true;
    }

    internal static async Task ShutAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        var response = await commands.SendAsync(SimcomLteCommands.CloseService, cancellationToken).ConfigureAwait(false);
        if (response.FinalResult.IsSuccess || Says(response, "+NETCLOSE: 2", "already closed"))
        {
            return;
        }

        if ((await commands.ReadStateAsync(cancellationToken).ConfigureAwait(false)).IsUp)
        {
            throw ContextCommands.Refused(SimcomLteCommands.CloseService, response, WordsOf(response));
        }
    }

    internal async Task<string?> BringUpAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        await SetUpAsync(commands, cancellationToken).ConfigureAwait(false);
        await AwaitNetworkAsync(commands, cancellationToken).ConfigureAwait(false);
        commands.Report("the network brings up the data connection");
        await OpenAsync(commands, cancellationToken).ConfigureAwait(false);
        _hasOpened = true;
        if (traits.HasKeepAlive)
        {
            await commands.IsAcceptedAsync(SimcomLteCommands.KeepAlive, cancellationToken).ConfigureAwait(false);
        }

        return await ReadAddressAsync(commands, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<ContextState> ReadStateAsync(AtChannel channel, CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(SimcomLteCommands.ServiceState, cancellationToken).ConfigureAwait(false);
        var line = response.Information is [.., var last] ? last : null;
        return new ContextState(line, line is not null && new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadInt(out var state) && state == 1);
    }

    private static bool HasCredentials(ModemOptions options) => !string.IsNullOrEmpty(options.ApnUser) || !string.IsNullOrEmpty(options.ApnPassword);

    private static bool Says(in AtResponse response, params ReadOnlySpan<string> words)
    {
        var said = WordsOf(response);
        foreach (var word in words)
        {
            if (said.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string WordsOf(in AtResponse response) => response.Information is [.., var line] ? line : response.Final;

    /// <summary>Firmware that refuses one order is given the other.</summary>
    private async Task AuthenticateAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var command = SimcomLteCommands.Credentials(options.ApnUser, options.ApnPassword, _isUserFirst);
            var response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
            if (response.FinalResult.IsSuccess)
            {
                return;
            }

            _isUserFirst = !_isUserFirst;
        }
    }

    /// <summary>What firmware does not know of these does not matter, but for the two without which bytes would come unasked.</summary>
    private async Task SetUpAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        await commands.IsAcceptedAsync(SimcomLteCommands.SupplyWarnings, cancellationToken).ConfigureAwait(false);
        await commands.RequireAsync(SimcomLteCommands.CommandMode, cancellationToken).ConfigureAwait(false);
        await commands.IsAcceptedAsync(SimcomLteCommands.SendWithoutAcknowledgement, cancellationToken).ConfigureAwait(false);
        await commands.IsAcceptedAsync(SimcomLteCommands.Configure, cancellationToken).ConfigureAwait(false);
        await commands.IsAcceptedAsync(SimcomLteCommands.Limits, cancellationToken).ConfigureAwait(false);
        if (traits.HasPayloadEcho)
        {
            await commands.IsAcceptedAsync(SimcomLteCommands.NoPayloadEcho, cancellationToken).ConfigureAwait(false);
        }

        if (commands.Options.DnsServers.Count > 0)
        {
            await commands.RequireAsync(SimcomLteCommands.NameServers(commands.Options.DnsServers), cancellationToken).ConfigureAwait(false);
        }

        await commands.RequireAsync(SimcomLteCommands.ManualReceive, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>After a loss the modem may be looking for its network still, and the service does not open meanwhile.</summary>
    private static async Task AwaitNetworkAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        var started = commands.Clock.GetTimestamp();
        while (!await IsRegisteredAsync(commands, cancellationToken).ConfigureAwait(false) && commands.Clock.GetElapsedTime(started) < Grace)
        {
            commands.Report("the modem comes back to the network");
            await Task.Delay(Interval, commands.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsRegisteredAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        foreach (var query in SimcomLteDialect.Registrations)
        {
            var response = await commands.SendAsync(query, cancellationToken).ConfigureAwait(false);
            if (response.Information.Any(line => AtNumbers.Read(Encoding.Latin1.GetBytes(line)).Second is 1 or 5))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Right after a boot the service may not open; and its answer may be lost, or say that it is open already.</summary>
    private static async Task OpenAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            AtResponse response = default;
            AtTimeoutException? lost = null;
            try
            {
                response = await commands.SendAsync(SimcomLteCommands.OpenService, cancellationToken).ConfigureAwait(false);
            }
            catch (AtTimeoutException e) when (commands.IsInStep)
            {
                lost = e;
            }

            if ((lost is null && (response.FinalResult.IsSuccess || Says(response, "already opened")))
                || (response.Kind != UrcKind.Started && (await commands.ReadStateAsync(cancellationToken).ConfigureAwait(false)).IsUp))
            {
                return;
            }

            if (attempt == OpenAttempts || response.Kind == UrcKind.Started)
            {
                throw lost ?? (Exception)ContextCommands.Refused(SimcomLteCommands.OpenService, response, WordsOf(response));
            }

            await Task.Delay(Pause, commands.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The address is news, and nothing waits for it.</summary>
    private static async Task<string?> ReadAddressAsync(ContextCommands commands, CancellationToken cancellationToken)
    {
        var response = await commands.SendAsync(SimcomLteCommands.LocalAddress, cancellationToken).ConfigureAwait(false);
        foreach (var line in response.Information)
        {
            var text = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Trim('"');
            if (IPAddress.TryParse(text, out _))
            {
                return text;
            }
        }

        return null;
    }
}
