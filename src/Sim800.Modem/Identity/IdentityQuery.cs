using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Identity;

/// <summary>Asks the modem who it is.</summary>
internal static class IdentityQuery
{
    internal static async Task<ModemIdentity> RunAsync(
        AtChannel channel, IModemDialect dialect, CancellationToken cancellationToken) => new()
        {
            Manufacturer = await AskAsync(channel, StandardCommands.Manufacturer, IdentityText.TryReadName, cancellationToken).ConfigureAwait(false),
            Model = await AskAsync(channel, StandardCommands.Model, IdentityText.TryReadName, cancellationToken).ConfigureAwait(false),
            Product = await AskAsync(channel, StandardCommands.Product, IdentityText.TryReadName, cancellationToken).ConfigureAwait(false),
            Firmware = await AskAsync(channel, StandardCommands.Firmware, IdentityText.TryReadFirmware, cancellationToken).ConfigureAwait(false),
            Imei = await AskAsync(channel, StandardCommands.Imei, IdentityText.TryReadImei, cancellationToken).ConfigureAwait(false),
            Iccid = await AskCardAsync(channel, dialect.Iccid, IdentityText.TryReadIccid, cancellationToken).ConfigureAwait(false),
            Imsi = await AskCardAsync(channel, StandardCommands.Imsi, IdentityText.TryReadImsi, cancellationToken).ConfigureAwait(false),
        };

    private static Task<string> AskAsync(
        AtChannel channel, AtCommand command, AtReader<string> read, CancellationToken cancellationToken) =>
        channel.AskAsync(command, Sim800Stage.Modem, read, cancellationToken);

    /// <summary>Without a card, or with a locked one, the modem refuses: that is an answer too.</summary>
    private static async Task<string?> AskCardAsync(
        AtChannel channel, AtCommand command, AtReader<string> read, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.AskAsync(command, Sim800Stage.Sim, read, cancellationToken).ConfigureAwait(false);
        }
        catch (AtCommandException)
        {
            return null;
        }
    }
}
