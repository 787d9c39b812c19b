using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Commands;

/// <summary>AT+CPSI? on LTE. The last four numbers are RSRQ, RSRP, RSSI and the signal-to-noise ratio, in the module's own unit.</summary>
internal static class LteSignal
{
    /// <summary>Reference signals are weaker than the whole band by so many dB, at this load.</summary>
    private const int BelowBand = 22;

    private const int Quality = -10;
    private const int Noise = 12;

    internal static string Of(ModemEngine modem, Func<int, string> levels)
    {
        if (!modem.Power.HasRadio)
        {
            return modem.Power.HasSimPower ? "+CPSI: NO SERVICE,Offline" : "+CPSI: NO SERVICE, Low Power Mode";
        }

        return modem.Radio.IsRegistered
            ? "+CPSI: LTE,Online,262-01,0x2F4A,12345678,318,EUTRAN-BAND3,1650,5,0," + levels((2 * Math.Min(modem.Radio.Strength, 31)) - 113)
            : "+CPSI: NO SERVICE,Online";
    }

    /// <summary>Report indexes: RSRP is v-140 dBm, RSRQ v/2-20 dB, RSSI v-110 dBm.</summary>
    internal static string AsIndexes(int dbm) => Invariant($"{2 * (Quality + 20)},{dbm - BelowBand + 140},{dbm + 110},{Noise}");

    /// <summary>Tenths of a dB or dBm.</summary>
    internal static string AsTenths(int dbm) => Invariant($"{10 * Quality},{10 * (dbm - BelowBand)},{10 * dbm},{Noise}");
}
