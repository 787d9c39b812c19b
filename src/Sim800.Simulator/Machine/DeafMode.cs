namespace Sim800.Simulator.Machine;

/// <summary>The modem is off, booting or hung: what the host sends is lost.</summary>
internal sealed class DeafMode : IInputMode
{
    public int PieceOf(ReadOnlySpan<byte> wire) => wire.Length;

    public int Accept(ReadOnlySpan<byte> bytes) => bytes.Length;
}
