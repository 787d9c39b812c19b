namespace Sim800.Simulator.Ip;

/// <summary>AT+CIPCCFG. <c>WaitTime</c> is in units of 100 ms, <c>ReceiveTimer</c> in milliseconds, sizes in bytes.</summary>
internal sealed record TransparentSettings(
    int Retries = 5,
    int WaitTime = 2,
    int SendSize = 1024,
    bool Escape = true,
    int ReceiveMode = 0,
    int ReceiveSize = 1460,
    int ReceiveTimer = 50);
