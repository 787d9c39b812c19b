using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>The operator whose network the modem uses (<c>AT+COPS?</c>, 3GPP TS 27.007 §7.3).</summary>
/// <param name="Name">Name, such as <c>CHINA MOBILE</c>, or the code when the modem gives no name.</param>
/// <param name="IsAutomatic">Whether the modem selected it automatically.</param>
public sealed record ModemOperator(string Name, bool IsAutomatic)
{
    /// <summary>Reads <c>+COPS: 0,0,"CHINA MOBILE"</c>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="current">The operator; <c>null</c> when there is none, as in <c>+COPS: 0</c>.</param>
    internal static bool TryRead(string line, out ModemOperator? current)
    {
        current = null;
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        if (!arguments.TryReadInt(out var mode) || mode is < 0 or > 4)
        {
            return false;
        }

        if (arguments.IsAtEnd)
        {
            return true;
        }

        if (!arguments.TryReadInt(out var format) || format is < 0 or > 2 || !arguments.TryReadText(out var name))
        {
            return false;
        }

        current = name.Length == 0 ? null : new ModemOperator(name, IsAutomatic: mode == 0);
        return true;
    }
}
