namespace Sim800.Modem.Tests;

/// <summary>Pieces of conversations that most tests begin with.</summary>
internal static class Conversations
{
    /// <summary>From the first AT to a registered modem.</summary>
    internal static readonly string[] Open =
    [
        ">> AT\r", "<< AT\r\r\nOK\r\n",
        ">> AT+CMEE=2;+CGMM;E0\r", "<< AT+CMEE=2;+CGMM;E0\r\r\nSIMCOM_SIM800L\r\n\r\nOK\r\n",
        ">> AT+CPIN?\r", "<< \r\n+CPIN: READY\r\n\r\nOK\r\n",
        ">> AT+CREG?\r", "<< \r\n+CREG: 0,5\r\n\r\nOK\r\n",
    ];

    /// <summary>From a registered modem to one with an address.</summary>
    internal static readonly string[] Attach =
    [
        ">> AT+CGATT?\r", "<< \r\n+CGATT: 1\r\n\r\nOK\r\n",
        ">> AT+CIPSHUT\r", "<< \r\nSHUT OK\r\n",
        ">> AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1;+CIPSSL=0\r", "<< \r\nOK\r\n",
        ">> AT+CSTT=\"internet\",\"\",\"\"\r", "<< \r\nOK\r\n",
        ">> AT+CIICR\r", "<< \r\nOK\r\n",
        ">> AT+CIFSR;E0\r", "<< \r\n10.0.109.44\r\n\r\nOK\r\n",
    ];

    internal static readonly string[] Connect =
    [
        ">> AT+CIPSTART=0,\"TCP\",\"broker.example.org\",8883\r", "<< \r\nOK\r\n\r\n0, CONNECT OK\r\n",
    ];

    internal static readonly string[] Close =
    [
        ">> AT+CIPCLOSE=0,1\r", "<< \r\n0, CLOSE OK\r\n",
    ];

    internal static string[] Of(params string[][] parts) => [.. parts.SelectMany(part => part)];
}
