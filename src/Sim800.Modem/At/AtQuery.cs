namespace Sim800.Modem.At;

/// <summary>Commands that are expected to succeed, and queries whose answer is one value.</summary>
internal static class AtQuery
{
    /// <summary>Sends a command and throws the explained exception when the modem refuses it.</summary>
    /// <exception cref="AtCommandException">The modem refused the command.</exception>
    internal static async ValueTask<AtResponse> ExecuteAsync(
        this AtChannel channel, AtCommand command, Sim800Stage stage, CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        return response.FinalResult.IsSuccess ? response : throw AtCommandException.Of(new ModemFailure(stage, command, response));
    }

    /// <summary>Sends a query and reads the first line of its answer that <paramref name="read"/> understands.</summary>
    /// <exception cref="AtCommandException">The modem refused the command.</exception>
    /// <exception cref="AtAnswerException">The answer cannot be read.</exception>
    internal static async Task<T> AskAsync<T>(
        this AtChannel channel, AtCommand command, Sim800Stage stage, AtReader<T> read, CancellationToken cancellationToken)
    {
        var response = await channel.ExecuteAsync(command, stage, cancellationToken).ConfigureAwait(false);
        foreach (var line in response.Information)
        {
            if (read(line, out var value))
            {
                return value;
            }
        }

        throw new AtAnswerException(stage, command.Shown, WordsOf(response));
    }

    /// <summary>What the modem said, on one line.</summary>
    private static string WordsOf(in AtResponse response) =>
        response.Information.Count > 0 ? string.Join(" / ", response.Information)
        : response.Unfit is { } unfit ? string.Join(" / ", unfit)
        : response.Final;

    /// <summary>Refuses what would end a quoted argument or the command line.</summary>
    /// <exception cref="ArgumentException">The text cannot stand between quotes in a command line.</exception>
    internal static void ThrowIfNotQuotable(string text, int maxLength, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        if (text.Length == 0 || text.Length > maxLength || text.Any(character => character is < ' ' or > '~' or '"'))
        {
            throw new ArgumentException($"1 to {maxLength} printable ASCII characters without quotes are needed here.", name);
        }
    }
}

/// <summary>Reads a line of information text; <c>false</c> when it is not what it should be.</summary>
internal delegate bool AtReader<T>(string line, out T value);
