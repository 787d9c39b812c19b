namespace Sim800.Modem;

/// <summary>A family of modems that speak the same commands.</summary>
public enum ModemFamily
{
    /// <summary>The modem is asked for its model, and the family follows from that. The default.</summary>
    Automatic,

    /// <summary>SIM800, SIM800L, SIM800C, SIM800H, SIM808, SIM868, SIM900 and their like: 2G.</summary>
    Sim800,

    /// <summary>SIM7000: LTE-M, NB-IoT and 2G, with the commands of the SIM800.</summary>
    Sim7000,

    /// <summary>A7670, A7672, A7608, SIM7600, SIM7500 and their like: LTE, with 2G or 3G beside it.</summary>
    SimcomLte,
}
