using System.Globalization;
using Sim800.Benchmarks.Pictures;

namespace Sim800.Benchmarks.Fleet;

/// <summary>Connections a second since the broker's return, with jitter and without.</summary>
internal static class FleetPicture
{
    private const int Left = 60;
    private const int Wide = 760;
    private const int High = 150;
    private const int Gap = 66;

    internal static string Draw(IReadOnlyList<FleetReturn> returns)
    {
        var seconds = Math.Max(1, returns.Max(one => one.PerSecond.Count));
        var peak = Math.Max(1, returns.Max(one => one.Peak));
        var svg = new Svg(Left + Wide + 30, 20 + (returns.Count * (High + Gap)), "Connections a second after the broker's return");
        for (var index = 0; index < returns.Count; index++)
        {
            Draw(svg, returns[index], 34 + (index * (High + Gap)), seconds, peak);
        }

        return svg.ToString();
    }

    private static void Draw(Svg svg, FleetReturn one, double top, int seconds, int peak)
    {
        var step = (double)Wide / seconds;
        svg.Text(Left, top - 12, string.Create(
            CultureInfo.InvariantCulture, $"{one.Gateways} gateways, jitter {one.Jitter}: at most {one.Peak} connections a second, all back after {one.UntilAll.TotalSeconds:0} s"));
        svg.Line(Left, top, Left + Wide, top, "grid");
        svg.Text(Left - 8, top + 4, peak.ToString(CultureInfo.InvariantCulture), "end", "quiet");
        svg.Text(Left - 8, top + High, "0", "end", "quiet");
        foreach (var (count, second) in one.PerSecond.Select((count, second) => (count, second)).Where(bar => bar.count > 0))
        {
            var height = (double)High * count / peak;
            svg.Box(Left + (second * step), top + High - height, Math.Max(1, step - 1), height, "b", string.Create(CultureInfo.InvariantCulture, $"second {second}: {count}"));
        }

        svg.Line(Left, top + High, Left + Wide, top + High, "axis");
        for (var second = 0; second <= seconds; second += 10)
        {
            svg.Text(Left + (second * step), top + High + 18, string.Create(CultureInfo.InvariantCulture, $"{second} s"), "middle", "quiet");
        }
    }
}
