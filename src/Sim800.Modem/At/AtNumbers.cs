using System.Runtime.InteropServices;

namespace Sim800.Modem.At;

/// <summary>Up to four numbers of a line such as <c>+CIPRXGET: 2,0,1460,20</c>; missing ones are -1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AtNumbers(int First, int Second, int Third, int Fourth)
{
    internal static AtNumbers None { get; } = new(-1, -1, -1, -1);

    internal static AtNumbers Read(ReadOnlySpan<byte> line)
    {
        var arguments = new AtArguments(line);
        return new AtNumbers(Next(ref arguments), Next(ref arguments), Next(ref arguments), Next(ref arguments));
    }

    private static int Next(ref AtArguments arguments) => arguments.TryReadInt(out var value) ? value : -1;
}
