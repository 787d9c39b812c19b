namespace Sim800.Modem;

/// <summary>How received bytes come from the modem.</summary>
public enum ReceiveMode
{
    /// <summary>The driver asks for them (<c>AT+CIPRXGET=1</c>). A slow reader closes the TCP window. The default.</summary>
    Manual,

    /// <summary>
    /// The modem pushes them as they come (<c>+RECEIVE</c>). One exchange less for every block, but nothing brakes the peer: a
    /// connection whose reader does not keep up is closed.
    /// </summary>
    Push,

    /// <summary>
    /// The serial line becomes the connection (<c>AT+CIPMODE=1</c>): the fastest, with a single connection at a time and no
    /// commands meanwhile. It wants hardware flow control, and a peer's close is told from data only by its words. What else the modem
    /// says meanwhile becomes data: use TLS, which notices it. How it is left is the matter of <see cref="Sim800ModemOptions.TransparentEscape"/>.
    /// </summary>
    Transparent,
}
