namespace Sim800.Modem;

/// <summary>How a transparent connection (<see cref="ModemReceiveMode.Transparent"/>) is left for command mode.</summary>
public enum ModemTransparentEscape
{
    /// <summary>
    /// <c>+++</c> with a second of silence before and after it. Needs no wire. Data that would look like it is sent with a pause inside. The default.
    /// </summary>
    Pluses,

    /// <summary>
    /// DTR released for a second (<c>AT&amp;D1</c>), and <c>+++</c> is nothing but data (<c>AT+CIPCCFG</c>). Needs the DTR wire to the
    /// module: without it only the power key ends the connection.
    /// </summary>
    DataTerminalReady,
}
