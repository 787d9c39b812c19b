namespace Sim800.Modem;

/// <summary>The kinds of events of a modem.</summary>
public enum ModemEventKind
{
    /// <summary>The supply is at or below 3.5 V (<c>UNDER-VOLTAGE WARNNING</c>).</summary>
    UnderVoltage,

    /// <summary>The supply is at or above 4.3 V (<c>OVER-VOLTAGE WARNNING</c>).</summary>
    OverVoltage,

    /// <summary>The supply fell below 3.4 V and the modem switched itself off.</summary>
    UnderVoltagePowerDown,

    /// <summary>The supply rose above 4.4 V and the modem switched itself off.</summary>
    OverVoltagePowerDown,

    /// <summary>The temperature is at or beyond its limit (<c>+CMTE</c>).</summary>
    Temperature,

    /// <summary>The modem restarted; all connections are lost.</summary>
    Restarted,

    /// <summary>The modem restarted three times within ten minutes: its supply breaks down, most likely.</summary>
    KeepsRestarting,

    /// <summary>The modem was switched off.</summary>
    PoweredDown,

    /// <summary>The network took the data connection away (<c>+PDP: DEACT</c>); all connections are lost.</summary>
    ContextDeactivated,

    /// <summary>A rung of the recovery ladder is being used.</summary>
    Recovering,

    /// <summary>Bytes are damaged or lost on the serial line.</summary>
    LineDamaged,
}
