namespace Sim800.Modem.At;

/// <summary>
/// Makes a row of the command table out of a command line that a user typed. A command that the rules do not have ends with OK or an
/// error.
/// </summary>
internal static class RawCommand
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <exception cref="ArgumentException">The line is no command line, or one that waits for data.</exception>
    internal static AtCommand Parse(string line, TimeSpan? timeout, RawCommandRules rules)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (!line.StartsWith("AT", StringComparison.OrdinalIgnoreCase) || line.Length > rules.MaxLength + 2
            || line.Any(character => character is < ' ' or > '~'))
        {
            throw new ArgumentException(
                $"A command line starts with AT and has at most {rules.MaxLength} more printable ASCII characters.", nameof(line));
        }

        var body = line[2..].ToUpperInvariant();
        if (rules.Prompting.Any(command => Prompts(body, command)))
        {
            throw new ArgumentException("The command waits for data, which only the driver's own methods can send.", nameof(line));
        }

        var own = OwnResult(body, rules);
        var limit = timeout ?? DefaultTimeout;
        return new AtCommand("AT" + line[2..], limit)
        {
            Information = [.. Prefixes(body), "*"],
            Success = own is { IsLate: false } ? own.Success : [AtCommand.FinalOk],
            Late = own is { IsLate: true } ? own.Success : [],
            LateTimeout = own is { IsLate: true } ? limit : TimeSpan.Zero,
            IsSecret = GivesValue(body),
        };
    }

    /// <summary>
    /// Which of the values that a user types are passwords cannot be told from the name of the command, however it is spelt: none is shown.
    /// </summary>
    private static bool GivesValue(string body)
    {
        for (var at = body.IndexOf('=', StringComparison.Ordinal); at >= 0; at = body.IndexOf('=', at + 1))
        {
            if (!body.AsSpan(at + 1).TrimStart().StartsWith("?"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A query of the setting or of its range does not wait for data.</summary>
    private static bool Prompts(string body, string command) =>
        body.Contains(command, StringComparison.Ordinal)
        && !body.Contains(command + "?", StringComparison.Ordinal)
        && !body.Contains(command + "=?", StringComparison.Ordinal);

    private static RawCommandResult? OwnResult(string body, RawCommandRules rules)
    {
        foreach (var row in rules.OwnResults)
        {
            if (row.IsWhole ? string.Equals(body, row.Command, StringComparison.Ordinal) : body.StartsWith(row.Command, StringComparison.Ordinal))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The answer to <c>+NAME?</c> starts with <c>+NAME:</c>, which is not unsolicited while the command is in flight.</summary>
    private static IEnumerable<AtPattern> Prefixes(string body)
    {
        foreach (var command in body.Split(';'))
        {
            var end = command.AsSpan().IndexOfAny('=', '?');
            var name = end < 0 ? command : command[..end];
            if (name.Length > 1 && name[0] is '+' or '*' && name.Skip(1).All(char.IsAsciiLetterOrDigit))
            {
                yield return name + ":*";
            }
        }
    }
}

/// <summary>What has to be known about the command lines that users type, as data of a dialect. Commands are in upper case, without <c>AT</c>.</summary>
internal sealed record RawCommandRules
{
    /// <summary>The longest command line that the modem takes, <c>AT</c> not counted.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Commands that end with a line of their own.</summary>
    public required IReadOnlyList<RawCommandResult> OwnResults { get; init; }

    /// <summary>Commands that wait for data at a prompt.</summary>
    public required IReadOnlyList<string> Prompting { get; init; }
}

/// <summary>A command that ends with a line of its own.</summary>
/// <param name="Command">The command line, or its beginning.</param>
/// <param name="IsWhole">Whether <paramref name="Command"/> is the whole line.</param>
/// <param name="Success">The final results that mean success.</param>
internal sealed record RawCommandResult(string Command, bool IsWhole, IReadOnlyList<AtPattern> Success)
{
    /// <summary>Whether the line comes behind an <c>OK</c>, or before an <c>ERROR</c>.</summary>
    public bool IsLate { get; init; }
}
