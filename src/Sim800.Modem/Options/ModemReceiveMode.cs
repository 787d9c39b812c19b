namespace Sim800.Modem;

/// <summary>How received data is taken from the modem.</summary>
public enum ModemReceiveMode
{
    /// <summary>The driver fetches data (<c>AT+CIPRXGET=1</c>). A slow reader closes the TCP window. The default.</summary>
    Manual,

    /// <summary>
    /// The modem pushes data as it arrives (<c>+RECEIVE</c>). One exchange less for every block, but no back-pressure: a connection whose
    /// reader does not keep up is closed.
    /// </summary>
    Push,

    /// <summary>
    /// The serial line carries the data of a single connection (<c>AT+CIPMODE=1</c>): the fastest mode, without commands while the
    /// connection is open. Requires hardware flow control. The end of the connection is recognised by the text of the modem's result
    /// code; any other result code becomes data, so use TLS, which detects it. <see cref="ModemOptions.TransparentEscape"/> selects
    /// how the mode is left.
    /// </summary>
    Transparent,
}
