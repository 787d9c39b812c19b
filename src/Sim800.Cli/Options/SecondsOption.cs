using System.CommandLine;
using System.Globalization;

namespace Sim800.Cli.Options;

/// <summary>Durations on the command line, in seconds.</summary>
internal static class SecondsOption
{
    /// <returns><c>null</c> when the option was not given.</returns>
    /// <exception cref="UsageException">It is not more than 0 and at most <paramref name="most"/>.</exception>
    internal static TimeSpan? Seconds(this ParseResult result, Option<double?> option, int most) => result.GetValue(option) switch
    {
        null => null,
        var seconds when seconds > 0 && seconds <= most => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes more than 0 and at most {most} seconds.")),
    };
}
