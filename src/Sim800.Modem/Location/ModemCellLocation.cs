using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>The position of the modem, estimated from the cells in range (<c>AT+CIPGSMLOC</c>): accurate to some hundred metres in a town, to kilometres elsewhere.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
/// <param name="Time">The location server's time, taken for UTC; <c>null</c> when it gave none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModemCellLocation(double Latitude, double Longitude, DateTimeOffset? Time)
{
    internal const int Found = 0;

    /// <summary>Ten metres, in degrees: far less than cells can tell apart.</summary>
    private const double Nothing = 1e-4;

    private const string TimeFormat = "yyyy/MM/dd,HH:mm:ss";

    /// <summary>The place 0,0 is in the sea, where there are no cells: it stands for a place that is not known.</summary>
    internal bool IsNowhere => Math.Abs(Latitude) < Nothing && Math.Abs(Longitude) < Nothing;

    /// <summary>Reads <c>+CIPGSMLOC: 0,24.672608,59.395128,2017/03/20,19:24:13</c>; the longitude comes first.</summary>
    /// <param name="line">The line.</param>
    /// <param name="code"><see cref="Found"/>, or why there is no location.</param>
    /// <param name="location">The location when there is one.</param>
    internal static bool TryRead(string line, out int code, out ModemCellLocation location)
    {
        location = default;
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        if (!arguments.TryReadInt(out code) || code < 0)
        {
            return false;
        }

        if (code != Found)
        {
            return true;
        }

        if (!TryReadDegrees(ref arguments, 180, out var longitude) || !TryReadDegrees(ref arguments, 90, out var latitude))
        {
            return false;
        }

        location = new ModemCellLocation(latitude, longitude, ReadTime(ref arguments));
        return true;
    }

    private static bool TryReadDegrees(ref AtArguments arguments, double limit, out double degrees)
    {
        degrees = 0;
        return arguments.TryReadText(out var text)
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out degrees)
            && Math.Abs(degrees) <= limit;
    }

    private static DateTimeOffset? ReadTime(ref AtArguments arguments)
    {
        arguments.TryReadText(out var date);
        arguments.TryReadText(out var time);
        return DateTimeOffset.TryParseExact(
            $"{date},{time}", TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            ? parsed
            : null;
    }
}
