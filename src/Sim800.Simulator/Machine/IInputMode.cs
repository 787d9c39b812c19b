namespace Sim800.Simulator.Machine;

/// <summary>What the modem takes the host's bytes for: command lines, a counted payload, a transparent stream.</summary>
internal interface IInputMode
{
    /// <summary>Bytes can be taken now; otherwise they wait in the modem's buffer.</summary>
    bool IsReady => true;

    /// <summary>How many of the bytes on the wire to wait for before looking again.</summary>
    int PieceOf(ReadOnlySpan<byte> wire);

    /// <returns>How many bytes were taken; the rest is offered again, to the mode that is then in force.</returns>
    int Accept(ReadOnlySpan<byte> bytes);
}
