using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Faults;

/// <summary>A line that loses or alters bytes, by chance from the modem's seed.</summary>
internal sealed class LineNoise(Random random)
{
    private double _loss;
    private double _garbling;

    internal void Set(FaultKind kind, double probability)
    {
        if (kind is FaultKind.ByteLoss)
        {
            _loss = probability;
        }
        else if (kind is FaultKind.Garble)
        {
            _garbling = probability;
        }
    }

    internal byte[] On(byte[] bytes)
    {
        if (_loss == 0 && _garbling == 0)
        {
            return bytes;
        }

        var heard = new List<byte>(bytes.Length);
        foreach (var sent in bytes)
        {
            if (_loss > 0 && random.NextDouble() < _loss)
            {
                continue;
            }

            heard.Add(_garbling > 0 && random.NextDouble() < _garbling ? (byte)(sent ^ (1 << random.Next(8))) : sent);
        }

        return [.. heard];
    }
}

/// <summary>One direction of the line, on which a single byte is lost.</summary>
internal sealed class LostByte
{
    private int _left;

    /// <summary>The byte of that number from now on, counted from 1, does not arrive.</summary>
    internal void LoseAt(int number) => _left = number;

    internal byte[] On(byte[] bytes)
    {
        var lost = _left - 1;
        _left = Math.Max(0, _left - bytes.Length);
        return lost >= 0 && lost < bytes.Length ? [.. bytes[..lost], .. bytes[(lost + 1)..]] : bytes;
    }
}

/// <summary>Faults that wait for a command of a certain name.</summary>
internal sealed class CommandFaults
{
    private readonly List<(Fault Fault, int Left)> _waiting = [];

    internal void Add(Fault fault) => _waiting.Add((fault, fault.Count));

    internal void Remove(FaultKind kind) => _waiting.RemoveAll(waiting => waiting.Fault.Kind == kind);

    /// <summary>The first fault that waits for this command; it has then struck once more.</summary>
    internal FaultKind? Take(Command command)
    {
        var at = _waiting.FindIndex(waiting => Concerns(waiting.Fault.Command ?? "", command));
        if (at < 0)
        {
            return null;
        }

        var (fault, left) = _waiting[at];
        if (left > 1)
        {
            _waiting[at] = (fault, left - 1);
        }
        else
        {
            _waiting.RemoveAt(at);
        }

        return fault.Kind;
    }

    /// <summary>A basic command may stand with its number or without: <c>E</c> is every echo command, <c>E0</c> the one that switches it off.</summary>
    private static bool Concerns(string wanted, Command command)
    {
        var form = wanted switch
        {
            [.., '?'] => CommandForm.Read,
            [.., '='] => CommandForm.Set,
            _ => (CommandForm?)null,
        };
        var name = wanted.TrimEnd('?', '=');
        return (form is null || form == command.Form)
            && (string.Equals(name, command.Name, StringComparison.Ordinal)
                || (command.Name is not ['+', ..] && string.Equals(name, command.Name + command.Arguments[0], StringComparison.Ordinal)));
    }
}
