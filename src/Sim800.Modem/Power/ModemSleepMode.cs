namespace Sim800.Modem;

/// <summary>When the modem may sleep, at about 1 mA instead of 19 mA (<c>AT+CSCLK</c>). It stays registered and data wakes it.</summary>
public enum ModemSleepMode
{
    /// <summary>Never.</summary>
    Never = 0,

    /// <summary>While DTR is released; the serial line is dead meanwhile. Needs the DTR wire.</summary>
    DataTerminalReady = 1,

    /// <summary>When the serial line is idle; the first character after that is lost. Not in the SIM808.</summary>
    Automatic = 2,
}
