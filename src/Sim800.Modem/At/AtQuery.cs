namespace Sim800.Modem.At;

/// <summary>A command whose answer is one value.</summary>
internal static class AtQuery
{
    /// <exception cref="AtCommandException">The modem refused the command.</exception>
    /// <exception cref="AtAnswerException">The answer cannot be read.</exception>
    internal static async Task<T> AskAsync<T>(
        Sim800Modem modem, AtCommand command, Sim800Stage stage, AtReader<T> read, CancellationToken cancellationToken)
    {
        var response = await modem.ExecuteAsync(command, stage, cancellationToken).ConfigureAwait(false);
        foreach (var line in response.Information)
        {
            if (read(line, out var value))
            {
                return value;
            }
        }

        throw new AtAnswerException(stage, command.Shown, string.Join(" / ", response.Information));
    }

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
