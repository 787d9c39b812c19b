using System.Text;

namespace Sim800.Simulator.Machine;

/// <summary>Gathers command lines: echo, backspace, <c>AT</c> wherever it first appears, CR at the end (V.250 5.2.1).</summary>
internal sealed class CommandMode(ModemEngine modem, Action<string> onLine) : IInputMode
{
    private const byte LineEnd = (byte)'\r';
    private const byte LineFeed = (byte)'\n';
    private const byte Backspace = 8;

    /// <summary>How much longer than the longest command line a line may get before the rest of it is dropped.</summary>
    private const int Slack = 468;

    /// <summary>With echo on, characters go back a few at a time, not a line at a time.</summary>
    private const int EchoPiece = 8;

    private readonly StringBuilder _line = new();
    private string _last = "AT";

    public int PieceOf(ReadOnlySpan<byte> wire)
    {
        var end = wire.IndexOf(LineEnd);
        var piece = end < 0 ? wire.Length : end + 1;
        return modem.Profile.Echo ? Math.Min(piece, EchoPiece) : piece;
    }

    public int Accept(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            Take(bytes[i]);
            if (bytes[i] == LineEnd)
            {
                End(_line.ToString());
                return i + 1;
            }

            if (IsRepetition)
            {
                End(_last);
                return i + 1;
            }
        }

        return bytes.Length;
    }

    /// <summary>The last command line outlives a restart no more than the rest.</summary>
    internal void Reset()
    {
        _line.Clear();
        _last = "AT";
    }

    /// <summary><c>A/</c> carries out the last line again, without a CR (V.250 5.2.4).</summary>
    private bool IsRepetition => _line.Length == 2 && _line[1] == '/' && (_line[0] is 'A' or 'a');

    private void End(string line)
    {
        _line.Clear();
        _last = line.Contains("AT", StringComparison.OrdinalIgnoreCase) ? line : _last;
        onLine(line);
    }

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
        else if (character >= 0x20 && _line.Length < modem.Model.LongestLine + Slack)
        {
            _line.Append((char)character);
        }
    }
}
