using System.Globalization;
using TestKit;

namespace Sim800.Benchmarks.Soak;

/// <summary>What was said by the program, its observer and the other side, as books of the four streams: up and down, QoS 1 and 2.</summary>
internal sealed class SoakBooks
{
    private readonly Lock _gate = new();
    private readonly HashSet<(int QoS, int Number)> _seen = [];
    private readonly HashSet<(int QoS, int Number)> _taken = [];
    private readonly Dictionary<char, int[]> _first = new() { ['K'] = [0, -1, -1], ['T'] = [0, -1, -1] };
    private readonly int[] _confirmed = [0, 0, 0];

    internal DeliveryLedger[] Up { get; } = [new(), new(), new()];

    internal DeliveryLedger[] Down { get; } = [new(), new(), new()];

    /// <summary>How often the program was killed between noting a message and acknowledging it, and so noted it again: the program's own affair.</summary>
    internal int TakenAgain { get; private set; }

    /// <summary>How many connections the program has told of.</summary>
    internal int Connections { get; private set; }

    /// <summary>How many messages the program has had confirmed.</summary>
    internal int Confirmed => _confirmed[1] + _confirmed[2];

    /// <summary>The highest number whose delivery the program has told of, <c>K</c> up or <c>T</c> down.</summary>
    internal int Latest(char kind, int qos)
    {
        lock (_gate)
        {
            return _first[kind][qos];
        }
    }

    /// <summary>Enters a line of the program.</summary>
    internal void Enter(string line)
    {
        var words = line.Split(' ');
        if (words is ["S", "Connected", ..])
        {
            Connections++;
        }
        else if (words is [{ Length: 1 } kind, var qos, var number])
        {
            Enter(kind[0], int.Parse(qos, CultureInfo.InvariantCulture), int.Parse(number, CultureInfo.InvariantCulture));
        }
    }

    private void Enter(char kind, int qos, int number)
    {
        switch (kind)
        {
            case 'I':
                Up[qos].Offer(number);
                break;
            case 'A':
                Up[qos].Promise(number);
                break;
            case 'K':
                Note(kind, qos, number);
                _confirmed[qos]++;
                break;
            case 'R':
                Receive(qos, number);
                break;
            case 'T':
                _taken.Add((qos, number));
                Note(kind, qos, number);
                break;
            default:
                throw new FormatException($"'{kind}' is no word of the program.");
        }
    }

    private void Receive(int qos, int number)
    {
        if (_seen.Add((qos, number)) || _taken.Contains((qos, number)))
        {
            Down[qos].Arrive(number);
        }
        else
        {
            TakenAgain++;
        }
    }

    private void Note(char kind, int qos, int number)
    {
        lock (_gate)
        {
            _first[kind][qos] = Math.Max(_first[kind][qos], number);
        }
    }
}
