using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Identity;

/// <summary>Asks the modem who it is, question by question: what it refuses, or says in words of its own, costs that one field.</summary>
internal sealed class IdentityQuery(AtChannel channel, CancellationToken cancellationToken)
{
    private readonly List<ModemUnreadAnswer> _unread = [];

    internal static Task<ModemIdentity> RunAsync(AtChannel channel, IModemDialect dialect, CancellationToken cancellationToken) =>
        new IdentityQuery(channel, cancellationToken).RunAsync(dialect);

    private async Task<ModemIdentity> RunAsync(IModemDialect dialect) => new()
    {
        Manufacturer = await AskAsync(StandardCommands.Manufacturer, IdentityText.TryReadManufacturer).ConfigureAwait(false),
        Model = await AskAsync(StandardCommands.Model, IdentityText.TryReadModel).ConfigureAwait(false),
        Product = await AskAsync(StandardCommands.Product, IdentityText.TryReadName).ConfigureAwait(false),
        Firmware = await AskAsync(StandardCommands.Firmware, IdentityText.TryReadFirmware).ConfigureAwait(false),
        Imei = await AskAsync(StandardCommands.Imei, IdentityText.TryReadImei).ConfigureAwait(false),
        Iccid = await AskAsync(dialect.Iccid, IdentityText.TryReadIccid).ConfigureAwait(false),
        Imsi = await AskAsync(StandardCommands.Imsi, IdentityText.TryReadImsi).ConfigureAwait(false),
        Unread = _unread.Count == 0 ? (IReadOnlyList<ModemUnreadAnswer>)[] : _unread,
    };

    private async Task<string?> AskAsync(AtCommand command, AtReader<string> read)
    {
        try
        {
            return await channel.AskAsync(command, Sim800Stage.Modem, read, cancellationToken).ConfigureAwait(false);
        }
        catch (ModemException e) when (e is AtCommandException or AtAnswerException)
        {
            _unread.Add(new ModemUnreadAnswer(e.Command!, e.Answer!));
            return null;
        }
    }
}
