using System.Runtime.InteropServices;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>The quality of the received signal (<c>AT+CSQ</c>, 3GPP TS 27.007 §8.5).</summary>
/// <param name="Rssi">Received signal strength as the modem counts it: 0 to 31, 99 when unknown.</param>
/// <param name="BitErrorRate">Bit error rate class 0 to 7, 99 when unknown, as it always is without a call.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModemSignalQuality(int Rssi, int BitErrorRate)
{
    private const int Unknown = 99;

    /// <summary>Some modems count from -116 dBm in steps of one, beginning with 100.</summary>
    private const int LteBase = 100;
    private const int LteUnknown = 199;

    /// <summary>
    /// Received power in dBm, -113 to -51; <c>null</c> when unknown. The two ends of the scale stand for "or less" and "or
    /// more". Below about -100 dBm GPRS becomes unreliable.
    /// </summary>
    public int? Dbm => Rssi == Unknown ? null : -113 + (2 * Rssi);

    private static int OfOtherScale(int rssi) => rssi == LteUnknown ? Unknown : Math.Clamp((rssi - LteBase - 3) / 2, 0, 31);

    /// <summary>Reads <c>+CSQ: 24,0</c>.</summary>
    internal static bool TryRead(string line, out ModemSignalQuality quality)
    {
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        var read = arguments.TryReadInt(out var rssi) & arguments.TryReadInt(out var errors);
        rssi = rssi is >= LteBase and <= LteUnknown ? OfOtherScale(rssi) : rssi;
        quality = new ModemSignalQuality(rssi, errors);
        return read && rssi is (>= 0 and <= 31) or Unknown && errors is (>= 0 and <= 7) or Unknown;
    }
}
