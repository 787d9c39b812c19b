namespace Sim800.Modem;

/// <summary>What the modem's charger does (<c>AT+CBC</c>); modules without one always say <see cref="NotCharging"/>.</summary>
public enum ChargeState
{
    /// <summary>Not charging.</summary>
    NotCharging = 0,

    /// <summary>Charging.</summary>
    Charging = 1,

    /// <summary>Charged.</summary>
    Charged = 2,
}
