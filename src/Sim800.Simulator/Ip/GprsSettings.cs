namespace Sim800.Simulator.Ip;

/// <summary>The settings of the TCP/IP commands. They do not survive a reboot, unless AT+CIPSCONT has saved them.</summary>
internal sealed record GprsSettings
{
    /// <summary>AT+CIPMUX=1: six links with numbers.</summary>
    internal bool Multi { get; set; }

    /// <summary>AT+CIPQSEND=1: DATA ACCEPT at once instead of SEND OK after the peer's acknowledgement.</summary>
    internal bool QuickSend { get; set; }

    /// <summary>AT+CIPRXGET=1: data is read by command instead of pushed.</summary>
    internal bool ManualReceive { get; set; }

    /// <summary>AT+CIPHEAD=1: <c>+IPD,n:</c> before pushed data.</summary>
    internal bool Head { get; set; }

    internal bool ShowProtocol { get; set; }

    internal bool ShowSource { get; set; }

    /// <summary>AT+CIPMODE=1.</summary>
    internal bool Transparent { get; set; }

    internal bool Ssl { get; set; }

    /// <summary>AT+CIPSPRT: 0 no prompt, 1 prompt and SEND OK, 2 neither.</summary>
    internal int SendPrompt { get; set; } = 1;

    /// <summary>AT+CIPATS in seconds; <c>null</c> is off.</summary>
    internal int? AutoSend { get; set; }

    internal TransparentSettings TransparentSettings { get; set; } = new();

    internal (string Primary, string Secondary) NameServers { get; set; } = ("0.0.0.0", "0.0.0.0");

    internal (string Apn, string User, string Password) AccessPoint { get; set; } = ("CMNET", "", "");

    /// <summary>AT+CIPTKA: mode, idle, interval, count.</summary>
    internal (int Mode, int Idle, int Interval, int Count) KeepAlive { get; set; } = (0, 7200, 75, 9);

    /// <summary>AT+CIPDPDP: mode, interval, tries.</summary>
    internal (int Mode, int Interval, int Tries) LossDetection { get; set; } = (1, 10, 3);

    /// <summary>AT+CIPRDTIMER: how long after the peer's FIN the modem says CLOSED, single and multi, in milliseconds.</summary>
    internal (int Single, int Multi) CloseDelay { get; set; } = (2000, 3500);
}

/// <summary>AT+CIPCCFG. <c>WaitTime</c> is in units of 100 ms, <c>ReceiveTimer</c> in milliseconds, sizes in bytes.</summary>
internal sealed record TransparentSettings(
    int Retries = 5,
    int WaitTime = 2,
    int SendSize = 1024,
    bool Escape = true,
    int ReceiveMode = 0,
    int ReceiveSize = 1460,
    int ReceiveTimer = 50);
