using System.Globalization;
using System.Text;

namespace Sim800.Benchmarks.Pictures;

/// <summary>A drawing of rectangles, lines and texts whose colours follow the reader's light or dark theme.</summary>
/// <param name="width">In pixels.</param>
/// <param name="height">In pixels.</param>
/// <param name="title">For those who cannot see it.</param>
internal sealed class Svg(int width, int height, string title)
{
    private const string Style =
        "svg{color-scheme:light dark;font:12px Helvetica,Arial,sans-serif}text{fill:#24292f}.axis{stroke:#8c959f}.grid{stroke:#d0d7de}"
        + ".a{fill:#8250df}.b{fill:#0969da}.c{fill:#1a7f37}.d{fill:#bf8700}.e{fill:#8c959f}.curve.a{fill:none;stroke:#8250df}.curve.b{fill:none;stroke:#0969da}.faint{opacity:.45}.quiet{fill:#57606a}"
        + "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.axis{stroke:#656c76}.grid{stroke:#30363d}"
        + ".a{fill:#a371f7}.b{fill:#4493f8}.c{fill:#3fb950}.d{fill:#d29922}.e{fill:#9198a1}.curve.a{fill:none;stroke:#a371f7}.curve.b{fill:none;stroke:#4493f8}.quiet{fill:#9198a1}}";

    private readonly StringBuilder _body = new();

    internal void Box(double x, double y, double boxWidth, double boxHeight, string style, string? tip = null) => _body.Append(
        CultureInfo.InvariantCulture,
        $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{boxWidth:0.##}\" height=\"{boxHeight:0.##}\" class=\"{style}\">{(tip is null ? "" : $"<title>{Escaped(tip)}</title>")}</rect>\n");

    internal void Line(double x1, double y1, double x2, double y2, string style) => _body.Append(
        CultureInfo.InvariantCulture, $"<path d=\"M{x1:0.##} {y1:0.##}L{x2:0.##} {y2:0.##}\" class=\"{style}\" fill=\"none\"/>\n");

    /// <summary>Points joined by lines, in the colour of a style.</summary>
    internal void Curve(IReadOnlyList<(double X, double Y)> points, string style) => _body.Append(
        CultureInfo.InvariantCulture,
        $"<path d=\"{string.Join('L', points.Select(static point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#} {point.Y:0.#}"))).Insert(0, "M")}\" class=\"curve {style}\"/>\n");

    internal void Text(double x, double y, string text, string anchor = "start", string? style = null) => _body.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\"{(style is null ? "" : $" class=\"{style}\"")}>{Escaped(text)}</text>\n");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\"><title>{Escaped(title)}</title><style>{Style}</style>\n{_body}</svg>\n");

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
