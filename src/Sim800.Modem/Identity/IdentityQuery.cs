using Sim800.Modem.At;

namespace Sim800.Modem.Identity;

/// <summary>Asks the modem who it is.</summary>
internal static class IdentityQuery
{
    internal static async Task<ModemIdentity> RunAsync(Sim800Modem modem, CancellationToken cancellationToken) => new()
    {
        Manufacturer = await AskAsync(modem, Sim800UserCommands.Manufacturer, IdentityText.TryReadName, cancellationToken).ConfigureAwait(false),
        Model = await AskAsync(modem, Sim800UserCommands.Model, IdentityText.TryReadName, cancellationToken).ConfigureAwait(false),
        Product = await AskAsync(modem, Sim800UserCommands.Product, IdentityText.TryReadName, cancellationToken).ConfigureAwait(false),
        Firmware = await AskAsync(modem, Sim800UserCommands.Firmware, IdentityText.TryReadFirmware, cancellationToken).ConfigureAwait(false),
        Imei = await AskAsync(modem, Sim800UserCommands.Imei, IdentityText.TryReadImei, cancellationToken).ConfigureAwait(false),
        Iccid = await AskCardAsync(modem, Sim800UserCommands.Iccid, IdentityText.TryReadIccid, cancellationToken).ConfigureAwait(false),
        Imsi = await AskCardAsync(modem, Sim800UserCommands.Imsi, IdentityText.TryReadImsi, cancellationToken).ConfigureAwait(false),
    };

    private static Task<string> AskAsync(
        Sim800Modem modem, AtCommand command, AtReader<string> read, CancellationToken cancellationToken) =>
        AtQuery.AskAsync(modem, command, Sim800Stage.Modem, read, cancellationToken);

    /// <summary>Without a card, or with a locked one, the modem refuses: that is an answer too.</summary>
    private static async Task<string?> AskCardAsync(
        Sim800Modem modem, AtCommand command, AtReader<string> read, CancellationToken cancellationToken)
    {
        try
        {
            return await AtQuery.AskAsync(modem, command, Sim800Stage.Sim, read, cancellationToken).ConfigureAwait(false);
        }
        catch (AtCommandException)
        {
            return null;
        }
    }
}
