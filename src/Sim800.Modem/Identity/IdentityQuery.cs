using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Identity;

/// <summary>Asks the modem who it is, question by question: what it refuses, or says in words of its own, costs that one field.</summary>
internal sealed class IdentityQuery(AtChannel channel, CancellationToken cancellationToken)
{
    private readonly List<ModemUnreadAnswer> _unread = [];

    internal static Task<ModemIdentity> RunAsync(AtChannel channel, IModemDialect dialect, CancellationToken cancellationToken) =>
        new IdentityQuery(channel, cancellationToken).RunAsync(dialect);

    private async Task<ModemIdentity> RunAsync(IModemDialect dialect)
    {
        var questions = dialect.Identity;
        var told = new ModemIdentity
        {
            Family = dialect.Family,
            Manufacturer = await AskAsync(questions.Manufacturer, IdentityText.TryReadManufacturer).ConfigureAwait(false),
            Model = await AskAsync(questions.Model, IdentityText.TryReadModel).ConfigureAwait(false),
            Product = questions.Product is { } product ? await AskAsync(product, IdentityText.TryReadName).ConfigureAwait(false) : null,
            Firmware = await AskForFirmwareAsync(questions.Firmware).ConfigureAwait(false),
            Imei = await AskAsync(questions.Imei, IdentityText.TryReadImei).ConfigureAwait(false),
            Iccid = await AskAsync(questions.Iccid, IdentityText.TryReadIccid).ConfigureAwait(false),
            Imsi = await AskAsync(StandardCommands.Imsi, IdentityText.TryReadImsi).ConfigureAwait(false),
        };
        return told with
        {
            KnownTroubles = dialect.TroublesOf(told.Model ?? "", told.Firmware ?? ""),
            Unread = _unread.Count == 0 ? (IReadOnlyList<ModemUnreadAnswer>)[] : _unread,
        };
    }

    /// <summary>The build may stand on a line of its own behind that of the revision.</summary>
    private async Task<string?> AskForFirmwareAsync(AtCommand question)
    {
        var response = await channel.SendAsync(question, cancellationToken).ConfigureAwait(false);
        if (response.FinalResult.IsSuccess && IdentityText.TryReadBuild(response.Information, out var firmware))
        {
            return firmware;
        }

        _unread.Add(new ModemUnreadAnswer(question.Shown, response.Information is [var first, ..] ? first : response.Unfit is [var unfit, ..] ? unfit : response.Final));
        return null;
    }

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
