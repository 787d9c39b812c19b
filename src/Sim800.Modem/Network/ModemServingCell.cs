using System.Globalization;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>The cell in use and its levels (<c>AT+CPSI?</c>). What the modem does not tell is <c>null</c>.</summary>
public sealed record ModemServingCell
{
    private const int FirstLevel = 10;
    private const int Unknown = 255;

    /// <summary>Radio technology in the modem's words, such as <c>LTE</c>, <c>GSM</c> or <c>WCDMA</c>.</summary>
    public required string System { get; init; }

    /// <summary>Mobile country and network code, such as <c>001-01</c>.</summary>
    public string? Network { get; init; }

    /// <summary>Band, such as <c>EUTRAN-BAND3</c>.</summary>
    public string? Band { get; init; }

    /// <summary>Reference signal received quality in dB.</summary>
    public double? Rsrq { get; init; }

    /// <summary>Reference signal received power in dBm. Below about -115 a connection becomes unreliable.</summary>
    public double? Rsrp { get; init; }

    /// <summary>Received signal strength in dBm.</summary>
    public double? Rssi { get; init; }

    /// <summary>
    /// Reads <c>+CPSI: LTE,Online,001-01,0x230A,12345678,318,EUTRAN-BAND3,1650,5,0,21,67,255,19</c>, and <c>+CPSI: NO SERVICE,Online</c> as no cell. The
    /// levels are tenths of a dB where they are negative, and report indexes of 36.133 where they are not.
    /// </summary>
    internal static bool TryRead(string line, out ModemServingCell? cell)
    {
        cell = null;
        var fields = Fields(line);
        if (fields.Count < 2)
        {
            return false;
        }

        if (!string.Equals(fields[0], "NO SERVICE", StringComparison.OrdinalIgnoreCase))
        {
            var isLte = fields[0].StartsWith("LTE", StringComparison.OrdinalIgnoreCase);
            cell = new ModemServingCell
            {
                System = fields[0],
                Network = fields.ElementAtOrDefault(2),
                Band = isLte ? fields.ElementAtOrDefault(6) : null,
                Rsrq = isLte ? Level(fields, FirstLevel, index => (index / 2.0) - 20) : null,
                Rsrp = isLte ? Level(fields, FirstLevel + 1, index => index - 140) : null,
                Rssi = isLte ? Level(fields, FirstLevel + 2, index => index - 110) : null,
            };
        }

        return true;
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>(16);
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        while (fields.Count < 16 && arguments.TryReadText(out var field))
        {
            fields.Add(field);
        }

        return fields;
    }

    private static double? Level(List<string> fields, int at, Func<int, double> ofIndex) =>
        fields.Count <= at || !int.TryParse(fields[at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var level) || level == Unknown ? null
        : level < 0 ? level / 10.0
        : ofIndex(level);
}
