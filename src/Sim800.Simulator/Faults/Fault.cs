using System.Globalization;
using System.Text.RegularExpressions;

namespace Sim800.Simulator;

/// <summary>One fault of a <see cref="FaultPlan"/>.</summary>
public sealed partial record Fault
{
    private Fault()
    {
    }

    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>From when on, since the modem was created.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>How many times, for the kinds that are counted.</summary>
    public int Count { get; private init; }

    /// <summary>How long, for the kinds that take time.</summary>
    public TimeSpan Duration { get; private init; }

    /// <summary>How many bytes, for the kinds that are a limit.</summary>
    public int Bytes { get; private init; }

    /// <summary>
    /// Which command, for the kinds that name one: without <c>AT</c>, and with <c>?</c> or <c>=</c> behind it when one form alone is meant.
    /// Empty is a line with <c>AT</c> alone.
    /// </summary>
    public string? Command { get; private init; }

    /// <summary>How likely for each byte, for the kinds that are a matter of chance.</summary>
    public double Probability { get; private init; }

    /// <summary>Reads <c>NAME[=argument][@time]</c>, as in <c>send-fail=3@90s</c>.</summary>
    /// <exception cref="FormatException">There is no such fault, or its argument is not what it takes.</exception>
    public static Fault Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = Form().Match(text.Trim());
        if (!parts.Success || FaultCatalogue.Find(parts.Groups["name"].Value) is not { } row)
        {
            throw new FormatException($"'{text}' is not a known fault. Write NAME[=argument][@time] with one of: {string.Join(", ", FaultCatalogue.All.Select(known => known.Name))}.");
        }

        var argument = parts.Groups["argument"];
        var time = parts.Groups["time"];
        return Create(row, argument.Success ? argument.Value : row.Default, time.Success ? ParseDuration(time.Value) : TimeSpan.Zero);
    }

    /// <summary>Reads <c>250ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>; a bare number is seconds.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static TimeSpan ParseDuration(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = DurationForm().Match(text.Trim());
        if (!parts.Success || !double.TryParse(parts.Groups["value"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > 1e6)
        {
            throw new FormatException($"'{text}' is not a duration. Write 250ms, 5s, 2m or 1h.");
        }

        return parts.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(value),
            "m" => TimeSpan.FromMinutes(value),
            "h" => TimeSpan.FromHours(value),
            _ => TimeSpan.FromSeconds(value),
        };
    }

    private static Fault Create(FaultDescription row, string argument, TimeSpan at)
    {
        switch (row.Argument)
        {
            case FaultArgument.Count when int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0:
                return new Fault { Kind = row.Kind, At = at, Count = count };
            case FaultArgument.Duration:
                return new Fault { Kind = row.Kind, At = at, Duration = ParseDuration(argument) };
            case FaultArgument.Probability when double.TryParse(argument, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var probability) && probability is >= 0 and <= 1:
                return new Fault { Kind = row.Kind, At = at, Probability = probability };
            case FaultArgument.Bytes when int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0:
                return new Fault { Kind = row.Kind, At = at, Bytes = bytes };
            case FaultArgument.Command when CommandAndCount().Match(argument) is { Success: true } parts:
                var times = parts.Groups["times"];
                return new Fault
                {
                    Kind = row.Kind,
                    At = at,
                    Command = parts.Groups["command"].Value.ToUpperInvariant(),
                    Count = times.Success ? int.Parse(times.Value, CultureInfo.InvariantCulture) : 1,
                };
            case FaultArgument.None when argument.Length == 0:
                return new Fault { Kind = row.Kind, At = at };
            default:
                throw new FormatException($"'{argument}' is no argument for {row.Name}, which takes a {row.Argument} such as '{row.Default}'.");
        }
    }

    [GeneratedRegex("^(?<name>[A-Za-z-]+)(=(?<argument>[^@]+))?(@(?<time>.+))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex("^AT(?<command>([+&]?[A-Z][A-Z0-9]*[?=]?)?)(,(?<times>[1-9][0-9]{0,5}))?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandAndCount();

    [GeneratedRegex("^(?<value>[0-9.]+)(?<unit>ms|s|m|h|)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DurationForm();
}
