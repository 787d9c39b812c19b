using System.Globalization;

namespace Sim800.Benchmarks.Link;

/// <summary>What is asked of <c>link</c>.</summary>
internal sealed record LinkArguments
{
    internal const string Usage = "link [--quick] [--real] [--baud RATE] [--rtt MILLISECONDS] [--json FILE] [--picture FILE]";

    /// <summary>Only the usual line.</summary>
    internal bool IsQuick { get; private init; }

    /// <summary>Once more in real time.</summary>
    internal bool IsReal { get; private init; }

    internal string? JsonFile { get; private init; }

    /// <summary>Where the picture of the first message goes.</summary>
    internal string? PictureFile { get; private init; }

    private int? BaudRate { get; init; }

    private int? RoundTrip { get; init; }

    /// <returns><c>false</c> for an unknown option, or one without its value.</returns>
    internal static bool TryParse(string[] arguments, out LinkArguments parsed)
    {
        LinkArguments? all = new();
        for (var index = 0; index < arguments.Length && all is not null; index++)
        {
            var value = index + 1 < arguments.Length ? arguments[index + 1] : null;
            var isFlag = arguments[index] is "--quick" or "--real";
            all = isFlag ? all.WithFlag(arguments[index]) : all.WithValue(arguments[index], value);
            index += isFlag ? 0 : 1;
        }

        parsed = all ?? new LinkArguments();
        return all is not null;
    }

    /// <summary>Whether a line is among those asked for.</summary>
    internal bool Includes(LinkConditions line) =>
        (BaudRate is not { } baud || baud == line.BaudRate)
        && (RoundTrip is not { } rtt || TimeSpan.FromMilliseconds(rtt) == line.RoundTripTime);

    private LinkArguments WithFlag(string option) => option is "--quick" ? this with { IsQuick = true } : this with { IsReal = true };

    private LinkArguments? WithValue(string option, string? value) => (option, Number(value)) switch
    {
        ("--json", _) when value is not null => this with { JsonFile = value },
        ("--picture", _) when value is not null => this with { PictureFile = value },
        ("--baud", { } baud) => this with { BaudRate = baud },
        ("--rtt", { } rtt) => this with { RoundTrip = rtt },
        _ => null,
    };

    private static int? Number(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
