using System.Globalization;

namespace Sim800.Benchmarks.Link;

/// <summary>The link budget as a table that stands in a terminal and in Markdown alike.</summary>
internal static class LinkTable
{
    private static readonly string[] Headings =
    [
        "scenario", "baud", "RTT ms", "radio kbit/s", "limit s", "measured s", "ratio", "msg/s", "AT lines", "CIPSEND", "CIPRXGET",
        "UART out", "UART in", "TCP out", "TCP in", "records out", "records in", "round trips",
    ];

    internal static void Write(IEnumerable<LinkResult> results, TextWriter output)
    {
        var rows = results.Select(Cells).Prepend(Headings).ToList();
        var widths = Enumerable.Range(0, Headings.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        WriteRow(rows[0], widths, output);
        output.WriteLine("| " + string.Join(" | ", widths.Select(width => new string('-', width))) + " |");
        foreach (var row in rows.Skip(1))
        {
            WriteRow(row, widths, output);
        }
    }

    private static void WriteRow(string[] cells, int[] widths, TextWriter output) =>
        output.WriteLine("| " + string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))) + " |");

    private static string[] Cells(LinkResult result) =>
    [
        result.Scenario,
        Text(result.Conditions.BaudRate),
        Text((long)result.Conditions.RoundTripTime.TotalMilliseconds),
        Radio(result.Conditions),
        Text(result.Limit.TotalSeconds, "0.000"),
        Text(result.Measured.TotalSeconds, "0.000"),
        Text(result.Ratio, "0.000"),
        result.Messages > 1 ? Text(result.Messages / result.Measured.TotalSeconds, "0.0") : string.Empty,
        Text(result.Counts.CommandLines),
        Text(result.Counts.CipSends),
        Text(result.Counts.CipReads),
        Text(result.Counts.UartBytesFromHost),
        Text(result.Counts.UartBytesToHost),
        Text(result.Counts.TcpBytesSent),
        Text(result.Counts.TcpBytesReceived),
        Text(result.Counts.RecordsSent),
        Text(result.Counts.RecordsReceived),
        Text(result.Counts.RoundTrips),
    ];

    private static string Radio(LinkConditions conditions) => conditions is { UplinkKbps: { } up, DownlinkKbps: { } down }
        ? string.Create(CultureInfo.InvariantCulture, $"{up}/{down}")
        : string.Empty;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
