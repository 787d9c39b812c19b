namespace Sim800.Modem.At;

/// <summary>
/// Makes a row of the command table out of a command line that a user typed. What it does not know is a command that ends
/// with OK or an error.
/// </summary>
internal static class RawCommand
{
    /// <summary>The longest command line that the modem takes (SIM800 manual 1.4.4), <c>AT</c> not counted.</summary>
    private const int MaxLength = 556;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Commands that end with a line of their own (SIM800 manual, chapters 6 and 8).</summary>
    private static readonly (string Command, bool Whole, AtPattern[] Success)[] OwnResults =
    [
        ("+CIPSHUT", true, ["SHUT OK"]),
        ("+CIFSR", true, ["#.#.#.#"]),
        ("+CIPCLOSE", false, ["#,CLOSE OK", "CLOSE OK"]),
        ("+CIPSTATUS", true, ["STATE:*"]),
        ("+CDNSGIP=", false, ["+CDNSGIP:*"]),
        ("+CNTP", true, ["+CNTP:*"]),
        ("+CPOWD=1", true, ["NORMAL POWER *"]),
    ];

    private static readonly string[] Secrets = ["+CPIN=", "+CSTT=", "+CIPCSGP=", "+CGAUTH=", "+CLCK=", "+CPWD=", "+SAPBR=3", "+CUSD=", "+FTPPW", "+HTTPPARA=", "+SMTPAUTH=", "+SSLSETCERT="];
    private static readonly string[] Prompting = ["+CIPSEND", "+CMGS", "+CMGW", "+FSWRITE", "+HTTPDATA"];

    /// <exception cref="ArgumentException">The line is no command line, or one that waits for data.</exception>
    internal static AtCommand Parse(string line, TimeSpan? timeout)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (!line.StartsWith("AT", StringComparison.OrdinalIgnoreCase) || line.Length > MaxLength + 2
            || line.Any(character => character is < ' ' or > '~'))
        {
            throw new ArgumentException(
                $"A command line starts with AT and has at most {MaxLength} more printable ASCII characters.", nameof(line));
        }

        var body = line[2..].ToUpperInvariant();
        if (Prompting.Any(command => body.Contains(command, StringComparison.Ordinal) && !body.Contains(command + "?", StringComparison.Ordinal) && !body.Contains(command + "=?", StringComparison.Ordinal)))
        {
            throw new ArgumentException("The command waits for data, which only the driver's own methods can send.", nameof(line));
        }

        return new AtCommand("AT" + line[2..], timeout ?? DefaultTimeout)
        {
            Information = [.. Prefixes(body), "*"],
            Success = OwnResult(body) ?? [AtCommand.FinalOk],
            IsSecret = Secrets.Any(secret => body.Contains(secret, StringComparison.Ordinal)),
        };
    }

    internal static async Task<AtReply> RunAsync(Sim800Modem modem, AtCommand command, CancellationToken cancellationToken)
    {
        var response = await modem.ExecuteAsync(command, Sim800Stage.Modem, cancellationToken).ConfigureAwait(false);
        return new AtReply(response.Final, response.Information);
    }

    private static AtPattern[]? OwnResult(string body)
    {
        foreach (var (command, whole, success) in OwnResults)
        {
            if (whole ? string.Equals(body, command, StringComparison.Ordinal) : body.StartsWith(command, StringComparison.Ordinal))
            {
                return success;
            }
        }

        return null;
    }

    /// <summary>The answer to <c>+CREG?</c> starts with <c>+CREG:</c>, which nobody else may claim meanwhile.</summary>
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
