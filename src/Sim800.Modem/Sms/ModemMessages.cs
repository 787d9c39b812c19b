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
    private int _reference = Random.Shared.Next(256);

    internal ModemMessages(AtChannel channel) => _channel = channel;

    /// <summary>Sends a text: in the GSM alphabet when it has all the characters, else as UCS2; a long one in parts.</summary>
    /// <param name="number">The receiver: up to 20 digits, <c>*</c>, <c>#</c>, with or without a leading <c>+</c>.</param>
    /// <param name="text">Any text; 160 characters of the GSM alphabet or 70 others fit one message, up to 255 parts are sent.</param>
    /// <param name="cancellationToken">Ends the waiting; a part that is on its way is sent all the same.</param>
    /// <returns>How many messages were sent, and are charged.</returns>
    /// <exception cref="ArgumentException">The number cannot be dialled, or the text is too long.</exception>
    /// <exception cref="SmsException">The modem or the network refused.</exception>
    /// <exception cref="ModemException">The modem did not answer, or the line ended.</exception>
    public async Task<int> SendAsync(string number, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(text);
        if (!SmsAddress.IsNumber(number))
        {
            throw new ArgumentException("A number has up to 20 digits, '*' or '#', with or without a leading '+'.", nameof(number));
        }

        var parts = SmsSubmit.Split(number, text, Interlocked.Increment(ref _reference));
        await _channel.ExecuteAsync(StandardCommands.SmsPduMode, Sim800Stage.Network, cancellationToken).ConfigureAwait(false);
        for (var sent = 0; sent < parts.Count; sent++)
        {
            await SendPartAsync(parts[sent], sent, parts.Count, cancellationToken).ConfigureAwait(false);
        }

        return parts.Count;
    }

    /// <summary>Reads all whole messages in the modem's store, oldest place first. They stay there.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public async Task<IReadOnlyList<SmsMessage>> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var assembler = new SmsAssembler();
        var listings = await ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. listings.Select(listing => Assemble(assembler, listing)).OfType<SmsMessage>()];
    }

    /// <summary>
    /// Messages as they come, those in the store first. A message is deleted from the store when the next one is asked for,
    /// so that one whose handling failed is there again at the next start. Messages that cannot be read are left in the store.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer, or the line ended.</exception>
    public async IAsyncEnumerable<SmsMessage> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var inbox = new SmsInbox(_channel);
        var assembler = new SmsAssembler();
        await _channel.ExecuteAsync(StandardCommands.SmsAnnounce, Sim800Stage.Network, cancellationToken).ConfigureAwait(false);
        var listings = await ListAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Deletes all parts of a message from the modem's store.</summary>
    /// <param name="message">A message that was received.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public async Task DeleteAsync(SmsMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var index in message.StorageIndexes)
        {
            await _channel.ExecuteAsync(StandardCommands.SmsDelete(index), Sim800Stage.Network, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendPartAsync(SmsSubmit part, int sent, int parts, CancellationToken cancellationToken)
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
    }

    private async Task<IReadOnlyList<SmsListing>> ListAsync(CancellationToken cancellationToken)
    {
        var response = await _channel.ExecuteAsync(StandardCommands.SmsList, Sim800Stage.Network, cancellationToken).ConfigureAwait(false);
        return SmsListing.ReadAll(response.Information);
    }

    private async Task<IReadOnlyList<SmsListing>> ReadAsync(SmsListing announced, CancellationToken cancellationToken)
    {
        if (announced.Pdu.Length > 0)
        {
            return [announced];
        }

        if (announced.Index < 0)
        {
            return await ListAsync(cancellationToken).ConfigureAwait(false);
        }

        var response = await _channel.ExecuteAsync(
            StandardCommands.SmsRead(announced.Index), Sim800Stage.Network, cancellationToken).ConfigureAwait(false);
        return SmsListing.ReadOne(announced.Index, response.Information) is { } listing ? [listing] : [];
    }

    private SmsMessage? Assemble(SmsAssembler assembler, SmsListing listing)
    {
        try
        {
            return assembler.Add(SmsDeliver.Read(listing.Pdu), listing.Index);
        }
        catch (SmsException e)
        {
            Log.MessageUnreadable(_channel.Logger, listing.Index, e.Message);
            return null;
        }
    }
}
