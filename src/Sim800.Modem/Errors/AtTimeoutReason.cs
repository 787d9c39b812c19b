namespace Sim800.Modem;

/// <summary>What came instead of an answer.</summary>
public enum AtTimeoutReason
{
    /// <summary>Not a single byte: switched off, not connected, or another baud rate.</summary>
    Silence,

    /// <summary>Only the command itself: the transmit line is joined to the receive line.</summary>
    EchoOnly,

    /// <summary>Bytes that are no text: another baud rate, or no common ground.</summary>
    Garbage,

    /// <summary>Text, but no end of the answer.</summary>
    Incomplete,
}
