namespace Sim800.Simulator;

/// <summary>Command lines without their secrets: PINs, access point users and passwords, message texts.</summary>
internal static class Redaction
{
    private static readonly string[] Secret = ["+CPIN=", "+CLCK=", "+CPWD=", "+CSTT=", "+SAPBR=3", "+CIPCSGP=", "+CMGS=", "+CUSD="];

    internal static string Of(string commandLine)
    {
        foreach (var prefix in Secret)
        {
            var start = commandLine.IndexOf(prefix, StringComparison.OrdinalIgnoreCase);
            if (start >= 0)
            {
                return string.Concat(commandLine.AsSpan(0, start + prefix.Length), "***");
            }
        }

        return commandLine;
    }
}
