using System.Text;
using Sim800.Modem.Alphabets;
using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>A network in range of the modem (<c>AT+COPS=?</c>).</summary>
/// <param name="Status">Whether it may be used.</param>
/// <param name="Name">Long name, such as <c>T-Mobile USA</c>.</param>
/// <param name="Code">Country and network code, 5 or 6 digits, such as <c>310260</c>.</param>
public sealed record ModemAvailableOperator(ModemOperatorStatus Status, string Name, string Code)
{
    private const int MaxOperators = 64;

    /// <summary>Reads <c>+COPS: (2,"T-Mobile USA","TMO","310260"),,(0-4),(0-2)</c>; the last two lists are the command's own.</summary>
    /// <param name="line">The line.</param>
    /// <param name="set">How its texts are written.</param>
    /// <param name="operators">The networks.</param>
    internal static bool TryReadAll(string line, CharacterSet set, out IReadOnlyList<ModemAvailableOperator> operators)
    {
        var found = new List<ModemAvailableOperator>();
        operators = found;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        for (var at = colon + 1; found.Count < MaxOperators && TryFindGroup(line, ref at, out var group);)
        {
            if (!group.Contains('"', StringComparison.Ordinal))
            {
                continue; // (0-4): the modes
            }

            if (!TryRead(group, set, out var available))
            {
                return false;
            }

            found.Add(available);
        }

        return colon > 0;
    }

    private static bool TryFindGroup(string line, ref int at, out string group)
    {
        group = "";
        var open = line.IndexOf('(', at);
        if (open < 0)
        {
            return false;
        }

        var quoted = false;
        for (var i = open + 1; i < line.Length; i++)
        {
            quoted ^= line[i] == '"';
            if (line[i] == ')' && !quoted)
            {
                group = line[(open + 1)..i];
                at = i + 1;
                return true;
            }
        }

        return false;
    }

    private static bool TryRead(string group, CharacterSet set, out ModemAvailableOperator available)
    {
        available = null!;
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(":" + group)); // a name may contain a colon
        if (!arguments.TryReadInt(out var status) || status is < 0 or > 3
            || !arguments.TryReadText(out var name)
            || !arguments.TryReadText(out _)
            || !arguments.TryReadText(out var code))
        {
            return false;
        }

        code = set.Decode(code);
        available = new ModemAvailableOperator((ModemOperatorStatus)status, set.Decode(name), code);
        return code.Length is 5 or 6 && code.All(char.IsAsciiDigit);
    }
}

/// <summary>Whether a network may be used (3GPP TS 27.007 §7.3).</summary>
public enum ModemOperatorStatus
{
    /// <summary>Unknown.</summary>
    Unknown = 0,

    /// <summary>May be used.</summary>
    Available = 1,

    /// <summary>In use.</summary>
    Current = 2,

    /// <summary>Not for this SIM card.</summary>
    Forbidden = 3,
}
