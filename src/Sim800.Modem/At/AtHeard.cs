namespace Sim800.Modem.At;

/// <summary>What came over the line while a command waited for its answer.</summary>
internal enum AtHeard
{
    /// <summary>Not a single byte.</summary>
    Nothing,

    /// <summary>Only the command itself.</summary>
    EchoOnly,

    /// <summary>Bytes that are no text: wrong baud rate, or no common ground.</summary>
    Garbage,

    /// <summary>Text, but not the final result.</summary>
    Text,
}
