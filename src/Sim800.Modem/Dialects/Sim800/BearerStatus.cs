using System.Runtime.InteropServices;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Bearer;

/// <summary>The bearer that the modem's own applications use (<c>AT+SAPBR=2,1</c>). Plain TCP links do without it.</summary>
/// <param name="State">0 connecting, 1 connected, 2 closing, 3 closed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BearerStatus(int State)
{
    internal bool IsOpen => State == 1;

    /// <summary>Reads <c>+SAPBR: 1,1,"10.1.2.3"</c> and <c>+SAPBR:1,1,10.1.2.3</c>.</summary>
    internal static bool TryRead(string line, out BearerStatus status)
    {
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        var read = arguments.TryReadInt(out _) & arguments.TryReadInt(out var state);
        status = new BearerStatus(state);
        return read && state is >= 0 and <= 3;
    }
}
