namespace Sim800.Modem.At;

/// <summary>Whose line it is, as seen by the command in flight.</summary>
internal enum AtVerdict
{
    /// <summary>Not the command's: unsolicited.</summary>
    NotMine,

    /// <summary>The command's own echo, which means that <c>ATE0</c> is not in force.</summary>
    Echo,

    /// <summary>Information text, or a first stage of the answer.</summary>
    Information,

    /// <summary>The final result: the command is answered.</summary>
    Final,

    /// <summary>Unsolicited, and after it no answer comes any more: the command has failed.</summary>
    Interrupted,
}
