using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Sms;

namespace Sim800.Modem;

/// <summary>
/// Short messages (SMS). They share the serial line with open connections; the network itself pauses GPRS for the second or
/// two that a message takes.
/// </summary>
public sealed class ModemMessages
{
    private const byte CtrlZ = 0x1A;
    private readonly AtChannel _channel;
    private readonly SmsMemories _memories;
    private int _reportReaders;
    private int _reference = Random.Shared.Next(256);

    internal ModemMessages(AtChannel channel) => (_channel, _memories) = (channel, new SmsMemories(channel));

    /// <summary>Sends a text: in the GSM alphabet when it has all the characters, else as UCS2; a long one in parts.</summary>
    /// <param name="number">The receiver: up to 20 digits, <c>*</c>, <c>#</c>, with or without a leading <c>+</c>.</param>
    /// <param name="text">Any text; 160 characters of the GSM alphabet or 70 others fit one message, up to 255 parts are sent.</param>
    /// <param name="cancellationToken">Ends the waiting; a part that is on its way is sent all the same.</param>
    /// <returns>How many messages were sent, and are charged.</returns>
    /// <exception cref="ArgumentException">The number cannot be dialled, or the text is too long.</exception>
    /// <exception cref="SmsException">The modem or the network refused.</exception>
    /// <exception cref="ModemException">The modem did not answer, or the line ended.</exception>
    public async Task<int> SendAsync(string number, string text, CancellationToken cancellationToken = default) =>
        (await SendAsync(number, text, wantsReport: false, cancellationToken).ConfigureAwait(false)).Count;

    /// <summary>The same, and the service centre reports what becomes of each part: <see cref="ReceiveReportsAsync"/> gives the reports.</summary>
    /// <param name="number">The receiver.</param>
    /// <param name="text">Any text.</param>
    /// <param name="cancellationToken">Ends the waiting; a part that is on its way is sent all the same.</param>
    /// <returns>The reference of each part, 0 to 255, as its report has it; -1 when the modem did not tell it.</returns>
    /// <exception cref="ArgumentException">The number cannot be dialled, or the text is too long.</exception>
    /// <exception cref="SmsException">The modem or the network refused.</exception>
    /// <exception cref="ModemException">The modem did not answer, or the line ended.</exception>
    public Task<IReadOnlyList<int>> SendWithReportAsync(string number, string text, CancellationToken cancellationToken = default) =>
        SendAsync(number, text, wantsReport: true, cancellationToken);

    /// <summary>Reads all whole messages in the modem's store, oldest place first. They stay there.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public async Task<IReadOnlyList<SmsMessage>> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var assembler = new SmsAssembler();
        var listings = await _memories.ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. listings.Select(listing => Assemble(assembler, listing)).OfType<SmsMessage>()];
    }

    /// <summary>
    /// Messages as they come, those in the store first. A message is deleted from the store when the next one is asked for,
    /// so that one whose handling failed is there again at the next start. Messages that cannot be read, and parts of messages whose other parts
    /// are missing, are left in the store: <see cref="ListStoredAsync"/> shows them, and they take places that new messages need.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer, or the line ended.</exception>
    public async IAsyncEnumerable<SmsMessage> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var inbox = new SmsInbox(_channel, SmsNews.Messages);
        var assembler = new SmsAssembler();
        await AnnounceAsync(cancellationToken).ConfigureAwait(false);
        var listings = await _memories.ListAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            foreach (var listing in listings)
            {
                if (Assemble(assembler, listing) is { } message)
                {
                    yield return message;
                    await DeleteAsync(message, cancellationToken).ConfigureAwait(false);
                }
            }

            var announced = await inbox.TakeAsync(cancellationToken).ConfigureAwait(false);
            listings = await ReadAsync(announced, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reports of messages that were sent by <see cref="SendWithReportAsync"/>, as they come: those that come while nobody asks for them are
    /// lost.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer, or the line ended.</exception>
    public async IAsyncEnumerable<SmsStatusReport> ReceiveReportsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var inbox = new SmsInbox(_channel, SmsNews.Reports);
        Interlocked.Increment(ref _reportReaders);
        try
        {
            await AnnounceAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var announced = await inbox.TakeAsync(cancellationToken).ConfigureAwait(false);
                foreach (var listing in await ReadAsync(announced, cancellationToken).ConfigureAwait(false))
                {
                    if (SmsStored.Of(listing).Report is { } report)
                    {
                        await DeleteAsync(listing, cancellationToken).ConfigureAwait(false);
                        yield return report;
                    }
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _reportReaders);
        }
    }

    /// <summary>
    /// Lists what lies in the store, place by place: messages and parts of them, reports, drafts, and what cannot be read. A card has ten
    /// places and more; when all are taken nothing is received.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public async Task<IReadOnlyList<SmsStored>> ListStoredAsync(CancellationToken cancellationToken = default) =>
        [.. (await _memories.ListAsync(cancellationToken).ConfigureAwait(false)).Select(SmsStored.Of)];

    /// <summary>Deletes all parts of a message from the modem's store.</summary>
    /// <param name="message">A message that was received.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public async Task DeleteAsync(SmsMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var place in message.Places)
        {
            await DeleteAsync(place, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes what lies at one place of the modem's store.</summary>
    /// <param name="stored">What was listed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public Task DeleteAsync(SmsStored stored, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return DeleteAsync(stored.Place, cancellationToken);
    }

    private async Task<IReadOnlyList<int>> SendAsync(string number, string text, bool wantsReport, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(text);
        if (!SmsAddress.IsNumber(number))
        {
            throw new ArgumentException("A number has up to 20 digits, '*' or '#', with or without a leading '+'.", nameof(number));
        }

        var parts = SmsSubmit.Split(number, text, Interlocked.Increment(ref _reference), wantsReport);
        await _channel.ExecuteAsync(StandardCommands.SmsPduMode, Sim800Stage.Network, cancellationToken).ConfigureAwait(false);
        var references = new List<int>(parts.Count);
        for (var sent = 0; sent < parts.Count; sent++)
        {
            references.Add(await SendPartAsync(parts[sent], sent, parts.Count, cancellationToken).ConfigureAwait(false));
        }

        return references;
    }

    /// <summary>Firmware that announces no status reports refuses the whole setting; the messages are announced all the same.</summary>
    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _reportReaders) > 0
            && (await _channel.SendAsync(StandardCommands.SmsAnnounceReports, cancellationToken).ConfigureAwait(false)).FinalResult.IsSuccess)
        {
            return;
        }

        await _channel.ExecuteAsync(StandardCommands.SmsAnnounce, Sim800Stage.Network, cancellationToken).ConfigureAwait(false);
    }

    private Task DeleteAsync(SmsListing listing, CancellationToken cancellationToken) =>
        listing.Index < 0 ? Task.CompletedTask : DeleteAsync(listing.Place, cancellationToken);

    private Task<AtResponse> DeleteAsync(SmsPlace place, CancellationToken cancellationToken) =>
        _memories.SendAsync(place.Memory, StandardCommands.SmsDelete(place.Index), cancellationToken);

    private async Task<int> SendPartAsync(SmsSubmit part, int sent, int parts, CancellationToken cancellationToken)
    {
        var payload = new byte[part.Hex.Length + 1];
        Encoding.ASCII.GetBytes(part.Hex, payload);
        payload[^1] = CtrlZ;
        var response = await _channel
            .SendAsync(StandardCommands.SmsSend, part.TpduLength, new ReadOnlySequence<byte>(payload), cancellationToken)
            .ConfigureAwait(false);
        if (!response.FinalResult.IsSuccess)
        {
            throw SmsException.Refused(response, sent, parts);
        }

        return response.Information is [.., var line] && SmsText.TryReadReference(line, out var reference) ? reference : -1;
    }

    private async Task<IReadOnlyList<SmsListing>> ReadAsync(SmsListing announced, CancellationToken cancellationToken)
    {
        if (announced.Pdu.Length > 0)
        {
            return [announced];
        }

        if (announced.Index < 0)
        {
            return await _memories.ListAsync(cancellationToken).ConfigureAwait(false);
        }

        var response = await _memories.SendAsync(
            announced.Memory, StandardCommands.SmsRead(announced.Index), cancellationToken).ConfigureAwait(false);
        return SmsListing.ReadOne(announced.Place, response.Information) is { } listing ? [listing] : [];
    }

    private SmsMessage? Assemble(SmsAssembler assembler, SmsListing listing)
    {
        try
        {
            return assembler.Add(SmsDeliver.Read(listing.Pdu), listing.Index < 0 ? null : listing.Place);
        }
        catch (SmsException e)
        {
            Log.MessageUnreadable(_channel.Logger, listing.Index, e.Message);
            return null;
        }
    }
}
