using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Time;

/// <summary>The outcome of <c>AT+CNTP</c>.</summary>
internal static class NtpAnswer
{
    internal const int Succeeded = 1;

    /// <summary>Reads <c>+CNTP: 1</c> and, from newer firmware, <c>+CNTP: 1,"2026/11/22,09:03:45"</c>.</summary>
    internal static bool TryRead(string line, out int code)
    {
        code = 0;
        return line.StartsWith("+CNTP:", StringComparison.Ordinal)
            && new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadInt(out code)
            && code >= 0;
    }
}
