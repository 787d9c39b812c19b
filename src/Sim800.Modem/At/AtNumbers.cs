using System.Runtime.InteropServices;

namespace Sim800.Modem.At;

/// <summary>Up to four numbers of a line such as <c>+NAME: 2,0,1460,20</c>; missing ones are -1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AtNumbers(int First, int Second, int Third, int Fourth)
{
    internal static AtNumbers None { get; } = new(-1, -1, -1, -1);

    internal static AtNumbers Read(ReadOnlySpan<byte> line)
    {
        var arguments = new AtArguments(line);
        return new AtNumbers(Next(ref arguments), Next(ref arguments), Next(ref arguments), Next(ref arguments));
    }

    /// <summary>The same with the number at <paramref name="index"/>, 0 to 3, replaced. Any other index changes nothing.</summary>
    internal AtNumbers With(int index, int value) => index switch
    {
        0 => this with { First = value },
        1 => this with { Second = value },
        2 => this with { Third = value },
        3 => this with { Fourth = value },
        _ => this,
    };

    private static int Next(ref AtArguments arguments) => arguments.TryReadInt(out var value) ? value : -1;
}
