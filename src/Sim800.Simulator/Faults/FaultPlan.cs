namespace Sim800.Simulator;

/// <summary>What goes wrong on a virtual modem, and when.</summary>
public sealed record FaultPlan
{
    /// <summary>Nothing goes wrong.</summary>
    public static readonly FaultPlan None = new();

    /// <summary>The faults, in the order in which they were given.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>A plan of faults as they stand on the command line: <c>NAME[=argument][@time]</c>.</summary>
    /// <exception cref="FormatException">There is no such fault, or its argument is not what it takes.</exception>
    public static FaultPlan Parse(params IEnumerable<string> faults) => new() { Faults = [.. faults.Select(Fault.Parse)] };

    /// <summary>
    /// A plan from a script: one <c>TIME NAME[=argument]</c> a line, such as <c>90s reboot</c>. Empty lines and lines
    /// that begin with <c>#</c> do not count.
    /// </summary>
    /// <exception cref="FormatException">A line is not of that form; the message tells its number.</exception>
    public static FaultPlan ParseScript(string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var faults = new List<Fault>();
        var number = 0;
        foreach (var line in script.Split('\n'))
        {
            number++;
            var text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
            {
                faults.Add(ParseLine(text, number));
            }
        }

        return new FaultPlan { Faults = faults };
    }

    /// <summary>Both plans in one.</summary>
    public FaultPlan And(FaultPlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new FaultPlan { Faults = [.. Faults, .. other.Faults] };
    }

    private static Fault ParseLine(string text, int number)
    {
        try
        {
            return text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var time, var fault]
                ? Fault.Parse(fault) with { At = Fault.ParseDuration(time) }
                : throw new FormatException("Write TIME NAME[=argument].");
        }
        catch (FormatException e)
        {
            throw new FormatException($"Line {number} of the script: {e.Message}", e);
        }
    }
}
