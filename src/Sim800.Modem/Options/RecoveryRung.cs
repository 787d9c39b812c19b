namespace Sim800.Modem;

/// <summary>The rungs of the recovery ladder, gentlest first (SIM7000 TCPIP Application Note, chapter 12).</summary>
public enum RecoveryRung
{
    /// <summary>Open the connection again.</summary>
    Reopen,

    /// <summary><c>AT+CIPSHUT</c> and a new PDP context.</summary>
    RebuildContext,

    /// <summary>Detach from GPRS and attach again, <c>AT+CGATT=0</c> and <c>AT+CGATT=1</c>.</summary>
    Reattach,

    /// <summary>Restart the modem, <c>AT+CFUN=1,1</c>.</summary>
    Restart,

    /// <summary>Reset pin or power key, through <see cref="IModemPower"/>.</summary>
    PowerCycle,
}
