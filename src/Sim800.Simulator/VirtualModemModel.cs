namespace Sim800.Simulator;

/// <summary>The module a <see cref="VirtualModem"/> is. None of the LTE modules was at hand: their answers are those of manuals and field logs.</summary>
public enum VirtualModemModel
{
    /// <summary>SIM800L: 2G, <c>AT+CIPSTART</c>, six links.</summary>
    Sim800L,

    /// <summary>SIM7000G: Cat-M, NB-IoT and 2G with the SIM800's own commands, eight links.</summary>
    Sim7000G,

    /// <summary>A7670E, for all of A76xx: LTE Cat-1, <c>AT+NETOPEN</c> and <c>AT+CIPOPEN</c>, ten links.</summary>
    A7670E,

    /// <summary>SIM7600E, for SIM7600 and SIM7500: LTE, <c>AT+NETOPEN</c> and <c>AT+CIPOPEN</c>, ten links.</summary>
    Sim7600E,
}
