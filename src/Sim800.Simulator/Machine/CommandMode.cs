using System.Text;

namespace Sim800.Simulator.Machine;

/// <summary>Gathers command lines: echo, backspace, <c>AT</c> wherever it first appears, CR at the end (V.250 5.2.1).</summary>
internal sealed class CommandMode(ModemEngine modem, Action<string> onLine) : IInputMode
{
    private const byte LineEnd = (byte)'\r';
    private const byte LineFeed = (byte)'\n';
    private const byte Backspace = 8;
    private const int LongestLine = 1024;

    /// <summary>With echo on, characters go back a few at a time, not a line at a time.</summary>
    private const int EchoPiece = 8;

    private readonly StringBuilder _line = new();

    public int PieceOf(ReadOnlySpan<byte> wire)
    {
        var end = wire.IndexOf(LineEnd);
        var piece = end < 0 ? wire.Length : end + 1;
        return modem.Profile.Echo ? Math.Min(piece, EchoPiece) : piece;
    }

    public int Accept(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf(LineEnd);
        var taken = end < 0 ? bytes : bytes[..(end + 1)];
        foreach (var character in taken)
        {
            Take(character);
        }

        if (end >= 0)
        {
            var line = _line.ToString();
            _line.Clear();
            onLine(line);
        }

        return taken.Length;
    }

    internal void Reset() => _line.Clear();

    private void Take(byte character)
    {
        if (character == LineFeed)
        {
            return;
        }

        if (modem.Profile.Echo)
        {
            modem.Reply.Raw([character]);
        }

        if (character == Backspace)
        {
            _line.Length -= Math.Min(1, _line.Length);
        }
        else if (character >= 0x20 && _line.Length < LongestLine)
        {
            _line.Append((char)character);
        }
    }
}
