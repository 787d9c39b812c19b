using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Calls;

/// <summary>The settings that decide what the host hears of a call, and what becomes of it.</summary>
internal static class CallSettings
{
    /// <summary>AT+CLIP: the caller's number after every RING.</summary>
    internal static readonly NumberSetting CallerNumber = new("+CLIP", 0, 1, 0);

    /// <summary>AT+CRC: <c>+CRING: VOICE</c> in place of RING.</summary>
    internal static readonly NumberSetting ExtendedRing = new("+CRC", 0, 1, 0);

    /// <summary>AT+CLCC=1: the call is listed whenever its state changes.</summary>
    internal static readonly NumberSetting Listing = new("+CLCC", 0, 1, 0, Saving.Always);

    /// <summary>AT+MORING: MO RING and MO CONNECTED.</summary>
    internal static readonly NumberSetting Announcements = new("+MORING", 0, 1, 0, Saving.Profile);

    /// <summary>AT+GSMBUSY: who calls finds the line busy.</summary>
    internal static readonly NumberSetting Busy = new("+GSMBUSY", 0, 2, 0);

    /// <summary>AT+CEER: the cause in words or as a number.</summary>
    internal static readonly NumberSetting CauseFormat = new("+CEER", 0, 1, 0);

    /// <summary>ATS0: after how many rings the modem answers by itself; 0 is never.</summary>
    internal static readonly NumberSetting RingsToAnswer = new("S0", 0, 255, 0, Saving.Profile);
}
