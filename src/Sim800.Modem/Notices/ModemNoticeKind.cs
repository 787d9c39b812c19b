namespace Sim800.Modem;

/// <summary>What the modem said of itself without being asked.</summary>
public enum ModemNoticeKind
{
    /// <summary>The supply is at or below 3.5 V.</summary>
    UnderVoltageWarning,

    /// <summary>The supply is at or above 4.3 V.</summary>
    OverVoltageWarning,

    /// <summary>The supply fell below 3.4 V and the modem switches off.</summary>
    UnderVoltagePowerDown,

    /// <summary>The supply rose above 4.4 V and the modem switches off.</summary>
    OverVoltagePowerDown,

    /// <summary>The modem switches off as it was told to.</summary>
    PowerDown,

    /// <summary>The modem is at or beyond the limits of its temperature (<c>+CMTE</c>).</summary>
    Temperature,

    /// <summary>The SIM card was removed.</summary>
    SimRemoved,

    /// <summary>A call comes in; GPRS pauses until it ends.</summary>
    IncomingCall,
}
