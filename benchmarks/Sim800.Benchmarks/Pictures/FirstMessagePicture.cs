using System.Globalization;
using Sim800.Benchmarks.Link;

namespace Sim800.Benchmarks.Pictures;

/// <summary>From the first AT byte to the first PUBACK as bars: what each layer took, and below it the least.</summary>
internal static class FirstMessagePicture
{
    private const int Left = 210;
    private const int PixelsPerSecond = 130;
    private const int RowHeight = 58;
    private const int Top = 54;
    private static readonly string[] Styles = ["a", "b", "c", "d"];
    private static readonly string[] Names = ["bring-up", "TCP", "TLS", "MQTT"];

    internal static string Draw(IReadOnlyList<(string Name, LinkPhases Measured, LinkPhases Least)> rows)
    {
        var seconds = (int)Math.Ceiling(rows.Max(row => row.Measured.Total.TotalSeconds));
        var bottom = Top + (rows.Count * RowHeight);
        var svg = new Svg(Left + (seconds * PixelsPerSecond) + 60, bottom + 46, "From the first AT byte to the first PUBACK");
        for (var layer = 0; layer < Names.Length; layer++)
        {
            svg.Box(Left + (layer * 84), 16, 12, 12, Styles[layer]);
            svg.Text(Left + 18 + (layer * 84), 26, Names[layer]);
        }

        svg.Text(Left + (Names.Length * 84), 26, "pale: the least that the protocols need", style: "quiet");
        for (var second = 0; second <= seconds; second++)
        {
            var x = Left + (second * PixelsPerSecond);
            svg.Line(x, Top - 8, x, bottom, "grid");
            svg.Text(x, bottom + 18, string.Create(CultureInfo.InvariantCulture, $"{second} s"), "middle", "quiet");
        }

        for (var index = 0; index < rows.Count; index++)
        {
            DrawRow(svg, rows[index], Top + (index * RowHeight));
        }

        svg.Text(Left, bottom + 38, "115200 baud, 600 ms round trip, 5 ms of thinking a command; virtual time", style: "quiet");
        return svg.ToString();
    }

    private static void DrawRow(Svg svg, (string Name, LinkPhases Measured, LinkPhases Least) row, double y)
    {
        svg.Text(Left - 12, y + 18, row.Name, "end");
        DrawBar(svg, row.Measured, y, 24, "");
        DrawBar(svg, row.Least, y + 27, 12, " faint");
    }

    private static void DrawBar(Svg svg, LinkPhases phases, double y, double height, string more)
    {
        var x = (double)Left;
        foreach (var (time, layer) in phases.All.Select((time, layer) => (time, layer)))
        {
            var width = time.TotalSeconds * PixelsPerSecond;
            svg.Box(x, y, width, height, Styles[layer] + more, string.Create(CultureInfo.InvariantCulture, $"{Names[layer]}: {time.TotalSeconds:0.000} s"));
            x += width;
        }

        svg.Text(x + 6, y + (height / 2) + 4, string.Create(CultureInfo.InvariantCulture, $"{phases.Total.TotalSeconds:0.00} s"), style: more.Length > 0 ? "quiet" : null);
    }
}
