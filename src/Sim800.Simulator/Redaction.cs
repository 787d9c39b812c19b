using System.Text.RegularExpressions;

namespace Sim800.Simulator;

/// <summary>Command lines without their secrets: PINs, access point users and passwords, numbers, message texts.</summary>
internal static partial class Redaction
{
    internal static string Of(string commandLine) =>
        Secret().Match(commandLine) is { Success: true } secret ? string.Concat(commandLine.AsSpan(0, secret.Index + secret.Length), "***") : commandLine;

    /// <summary>With or without spaces around the <c>=</c>; of AT+SAPBR the operation is no secret.</summary>
    [GeneratedRegex(@"(\+(CPIN|CGAUTH|CLCK|CPWD|CSTT|CIPCSGP|CMGS|CMGW|CMSS|CUSD|CPBW)\s*=|\+SAPBR\s*=\s*3)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
