using System.Globalization;
using Sim800.Benchmarks.Pictures;

namespace Sim800.Benchmarks.Soak;

/// <summary>Memory, handles and threads of both programs over the time of a run, and when something was made to fail.</summary>
internal static class SoakPicture
{
    private const int Left = 60;
    private const int Wide = 760;
    private const int High = 110;
    private const int Gap = 44;
    private const int Top = 56;
    private static readonly string[] Styles = ["a", "b"];

    private static readonly (string Name, Func<SoakSample, double> Of)[] Panels =
    [
        ("memory, MB", static sample => sample.Bytes / (1024.0 * 1024)),
        ("handles", static sample => sample.Handles),
        ("threads", static sample => sample.Threads),
    ];

    internal static string Draw(IReadOnlyList<SoakProgram> programs, IReadOnlyList<TimeSpan> strikes)
    {
        var end = programs.SelectMany(static program => program.Samples).Select(static sample => sample.At).Append(TimeSpan.FromMinutes(1)).Max();
        var bottom = Top + (Panels.Length * (High + Gap));
        var svg = new Svg(Left + Wide + 30, bottom + 26, "Memory, handles and threads of the programs over the time of the run");
        for (var index = 0; index < programs.Count; index++)
        {
            svg.Box(Left + (index * 140), 12, 12, 12, Styles[index]);
            svg.Text(Left + 18 + (index * 140), 22, "over " + (programs[index].Name is SoakClient.OverTcp ? "TCP" : "the modem"));
        }

        svg.Text(Left + (programs.Count * 140), 22, "a gap: killed and started again; the marks at the foot: a fault", style: "quiet");
        for (var index = 0; index < Panels.Length; index++)
        {
            Draw(svg, Panels[index], programs, Top + (index * (High + Gap)), end);
        }

        foreach (var strike in strikes)
        {
            svg.Box(Left + (Wide * (strike / end)), bottom - Gap + 2, 1, 6, "d");
        }

        var step = Math.Max(1, (int)(end.TotalMinutes / 6));
        for (var minute = 0; minute <= end.TotalMinutes; minute += step)
        {
            svg.Text(Left + (Wide * (minute / end.TotalMinutes)), bottom - Gap + 24, string.Create(CultureInfo.InvariantCulture, $"{minute} min"), "middle", "quiet");
        }

        return svg.ToString();
    }

    private static void Draw(Svg svg, (string Name, Func<SoakSample, double> Of) panel, IReadOnlyList<SoakProgram> programs, double top, TimeSpan end)
    {
        var most = Math.Ceiling(programs.SelectMany(static program => program.Samples).Select(panel.Of).Append(1).Max() / 20) * 20;
        svg.Text(Left, top - 8, panel.Name);
        svg.Line(Left, top, Left + Wide, top, "grid");
        svg.Line(Left, top + High, Left + Wide, top + High, "axis");
        svg.Text(Left - 8, top + 4, most.ToString("0", CultureInfo.InvariantCulture), "end", "quiet");
        svg.Text(Left - 8, top + High, "0", "end", "quiet");
        foreach (var (program, style) in programs.Zip(Styles))
        {
            foreach (var life in program.Samples.GroupBy(static sample => sample.Life))
            {
                svg.Curve([.. life.Select(sample => (Left + (Wide * (sample.At / end)), top + High - (High * panel.Of(sample) / most)))], style);
            }
        }
    }
}
