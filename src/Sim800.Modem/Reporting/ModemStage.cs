namespace Sim800.Modem;

/// <summary>The rungs between a closed serial device and an open TCP connection, in the order they are climbed.</summary>
public enum ModemStage
{
    /// <summary>The serial line: device, permissions, baud rate.</summary>
    Line,

    /// <summary>The modem answers AT commands.</summary>
    Modem,

    /// <summary>The SIM card is present and unlocked.</summary>
    Sim,

    /// <summary>The modem is registered with a mobile network.</summary>
    Network,

    /// <summary>GPRS is attached and the PDP context has an address.</summary>
    Gprs,

    /// <summary>The TCP connection to the host is open.</summary>
    Tcp,
}
