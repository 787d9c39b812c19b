namespace Sim800.Modem;

/// <summary>The <c>+CME ERROR</c> codes of the SIM800 manual (chapter 18.1) that a user can meet, with the modem's words for them.</summary>
internal static class CmeError
{
    internal const int OperationNotAllowed = 3;
    internal const int SimNotInserted = 10;
    internal const int SimPinRequired = 11;
    internal const int SimPukRequired = 12;
    internal const int SimFailure = 13;
    internal const int SimBusy = 14;
    internal const int IncorrectPassword = 16;
    internal const int FunctionStateIs0Or4 = 797;

    private static readonly (int Code, string Text)[] Table =
    [
        (3, "operation not allowed"),
        (4, "operation not supported"),
        (10, "SIM not inserted"),
        (11, "SIM PIN required"),
        (12, "SIM PUK required"),
        (13, "SIM failure"),
        (14, "SIM busy"),
        (15, "SIM wrong"),
        (16, "incorrect password"),
        (30, "no network service"),
        (31, "network timeout"),
        (32, "network not allowed - emergency calls only"),
        (99, "resource limitation"),
        (100, "unknown"),
        (103, "illegal MS"),
        (106, "illegal ME"),
        (107, "GPRS services not allowed"),
        (111, "PLMN not allowed"),
        (112, "location area not allowed"),
        (113, "roaming not allowed in this location area"),
        (132, "service option not supported"),
        (133, "requested service option not subscribed"),
        (134, "service option temporarily out of order"),
        (148, "unspecified GPRS error"),
        (149, "PDP authentication failure"),
        (160, "DNS resolve failed"),
        (161, "Socket open failed"),
        (180, "gprs is not attached"),
        (181, "tcpip stack is busy"),
        (601, "unrecognized command"),
        (603, "syntax error"),
        (605, "data transfer already"),
        (765, "invalid input value"),
        (767, "operation failed"),
        (770, "SIM network reject"),
        (772, "SIM powered down"),
        (791, "parameter count not enough"),
        (797, "CFUN state is 0 or 4"),
    ];

    /// <summary>The code for the modem's words (<c>AT+CMEE=2</c>); <c>null</c> for words that the table does not have.</summary>
    internal static int? CodeOf(string text)
    {
        foreach (var (code, known) in Table)
        {
            if (string.Equals(text, known, StringComparison.OrdinalIgnoreCase))
            {
                return code;
            }
        }

        // "SIM PIN required" or "network not allowed, emergency calls only": the manuals spell the long ones in several ways.
        return text.Contains("emergency call", StringComparison.OrdinalIgnoreCase) ? 32 : null;
    }

    /// <summary>The modem's words for the code; <c>null</c> for a code that the table does not have.</summary>
    internal static string? TextOf(int code)
    {
        foreach (var (known, text) in Table)
        {
            if (known == code)
            {
                return text;
            }
        }

        return null;
    }
}
