using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Sms;

/// <summary>
/// The memories that messages lie in (<c>AT+CPMS</c>, 3GPP TS 27.005 §3.2.2). Which one commands are about is the modem's setting and stays as
/// somebody has set it: for a message in another memory it is changed, and set back.
/// </summary>
#pragma warning disable CA1001 // a semaphore whose wait handle nobody asks for holds nothing
internal sealed class SmsMemories(AtChannel channel)
#pragma warning restore CA1001
{
    /// <summary>Both the card's and the modem's places under numbers of its own.</summary>
    private const string Both = "MT";

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Sends a command about messages in this memory; <c>null</c> for the one that is selected.</summary>
    /// <exception cref="AtCommandException">The modem refused the command, or has no such memory.</exception>
    internal async Task<AtResponse> SendAsync(string? memory, AtCommand command, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var selected = memory is null ? default : await AskAsync(cancellationToken).ConfigureAwait(false);
            return memory is null || selected.Reading is null || string.Equals(memory, selected.Reading, StringComparison.Ordinal)
                ? await ExecuteAsync(command, cancellationToken).ConfigureAwait(false)
                : await SendElsewhereAsync(memory, selected.Reading, command, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What lies in the selected memory, and in the one that messages are received in when that is another.</summary>
    internal async Task<IReadOnlyList<SmsListing>> ListAsync(CancellationToken cancellationToken)
    {
        var selected = await AskAsync(cancellationToken).ConfigureAwait(false);
        var listings = await ListAsync(null, cancellationToken).ConfigureAwait(false);
        return selected.Receiving is null || string.Equals(selected.Reading, Both, StringComparison.Ordinal) || string.Equals(selected.Receiving, selected.Reading, StringComparison.Ordinal)
            ? listings
            : [.. listings, .. await ListAsync(selected.Receiving, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Reads the first and the third memory of <c>+CPMS: "SM",3,10,"SM",3,10,"ME",0,50</c>.</summary>
    internal static Selection Read(string line)
    {
        var names = new List<string>(3);
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        while (names.Count < 3 && arguments.TryReadText(out var name) && SmsText.IsMemory(name))
        {
            names.Add(name);
            arguments.TryReadText(out _);
            arguments.TryReadText(out _);
        }

        return new Selection(names.ElementAtOrDefault(0), names.ElementAtOrDefault(2));
    }

    private async Task<IReadOnlyList<SmsListing>> ListAsync(string? memory, CancellationToken cancellationToken)
    {
        var response = await SendAsync(memory, StandardCommands.SmsList, cancellationToken).ConfigureAwait(false);
        return SmsListing.ReadAll(response.Information, memory);
    }

    private async Task<Selection> AskAsync(CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(StandardCommands.SmsStorage, cancellationToken).ConfigureAwait(false);
        return response.Information is [.., var line] ? Read(line) : default;
    }

    private async Task<AtResponse> SendElsewhereAsync(string memory, string selected, AtCommand command, CancellationToken cancellationToken)
    {
        await ExecuteAsync(StandardCommands.SmsSelect(memory), cancellationToken).ConfigureAwait(false);
        try
        {
            return await ExecuteAsync(command, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await channel.SendAsync(StandardCommands.SmsSelect(selected), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private ValueTask<AtResponse> ExecuteAsync(AtCommand command, CancellationToken cancellationToken) =>
        channel.ExecuteAsync(command, Sim800Stage.Network, cancellationToken);

    /// <param name="Reading">What commands are about; <c>null</c> when the modem does not say.</param>
    /// <param name="Receiving">Where messages that come are kept.</param>
    internal readonly record struct Selection(string? Reading, string? Receiving);
}
