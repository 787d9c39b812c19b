namespace Sim800.Modem.Tests.Dialects.SimcomLte;

/// <summary>Pieces of conversations with an A7670E.</summary>
internal static class LteConversations
{
    /// <summary>From the first AT to a registered modem that has the right access point.</summary>
    internal static readonly string[] Open =
    [
        ">> AT\r", "<< AT\r\r\nOK\r\n",
        ">> AT+CMEE=2;+CGMM;E0\r", "<< AT+CMEE=2;+CGMM;E0\r\r\nA7670E-FASE\r\n\r\nOK\r\n",
        ">> AT+CPIN?\r", "<< \r\n+CPIN: READY\r\n\r\nOK\r\n",
        ">> AT+CGDCONT?\r", "<< \r\n+CGDCONT: 1,\"IP\",\"internet\",\"0.0.0.0\",0,0\r\n+CGDCONT: 8,\"IPV4V6\",\"ims\",\"\",0,0\r\n\r\nOK\r\n",
        ">> AT+CEREG?\r", "<< \r\n+CEREG: 0,5\r\n\r\nOK\r\n",
    ];

    /// <summary>From a registered modem to its settings, none of which survives a restart.</summary>
    internal static readonly string[] SetUp =
    [
        ">> AT+CGATT?\r", "<< \r\n+CGATT: 1\r\n\r\nOK\r\n",
        ">> AT+NETCLOSE\r", "<< \r\n+NETCLOSE: 2\r\n\r\nERROR\r\n",
        ">> AT+CVALARM=1\r", "<< \r\nERROR\r\n", // not every model has a meter
        ">> AT+CIPMODE=0\r", "<< \r\nOK\r\n",
        ">> AT+CIPSENDMODE=0\r", "<< \r\nOK\r\n",
        ">> AT+CIPCCFG=10,0,0,1,1,0,500\r", "<< \r\nOK\r\n",
        ">> AT+CIPTIMEOUT=75000,60000,15000\r", "<< \r\nOK\r\n",
        ">> AT+CIPCFG=\"DATAECHO\",OFF\r", "<< \r\nERROR\r\n", // older firmware
        ">> AT+CIPRXGET=1\r", "<< \r\nOK\r\n",
        ">> AT+CEREG?\r", "<< \r\n+CEREG: 0,5\r\n\r\nOK\r\n",
    ];

    /// <summary>The socket service is open, and what follows.</summary>
    internal static readonly string[] Opened =
    [
        ">> AT+CTCPKA=1,10,3,1\r", "<< \r\nOK\r\n",
        ">> AT+IPADDR\r", "<< \r\n+IPADDR: 10.0.0.5\r\n\r\nOK\r\n",
    ];

    internal static readonly string[] Service = [">> AT+NETOPEN\r", "<< \r\nOK\r\n\r\n+NETOPEN: 0\r\n"];

    internal static readonly string[] Attach = [.. SetUp, .. Service, .. Opened];

    internal static readonly string[] Connect =
    [
        ">> AT+CIPRXGET=1\r", "<< \r\nOK\r\n",
        ">> AT+CIPOPEN=0,\"TCP\",\"broker.example.org\",8883\r", "<< \r\nOK\r\n\r\n+CIPOPEN: 0,0\r\n",
    ];
}
