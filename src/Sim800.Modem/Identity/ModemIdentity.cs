namespace Sim800.Modem;

/// <summary>The identities of the modem and of its SIM card.</summary>
public sealed record ModemIdentity
{
    /// <summary>Manufacturer (<c>AT+GMI</c>), such as <c>SIMCOM_Ltd</c>.</summary>
    public required string Manufacturer { get; init; }

    /// <summary>Model (<c>AT+GMM</c>), such as <c>SIMCOM_SIM800L</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Product and release (<c>ATI</c>), such as <c>SIM800 R14.18</c>.</summary>
    public required string Product { get; init; }

    /// <summary>Firmware (<c>AT+GMR</c>), such as <c>1418B05SIM800L24</c>.</summary>
    public required string Firmware { get; init; }

    /// <summary>International mobile equipment identity (<c>AT+GSN</c>), 15 digits.</summary>
    public required string Imei { get; init; }

    /// <summary>Serial number of the SIM card (<c>AT+CCID</c>), 19 or 20 digits; <c>null</c> without a card.</summary>
    public string? Iccid { get; init; }

    /// <summary>Subscriber's identity (<c>AT+CIMI</c>), up to 15 digits; <c>null</c> without an unlocked card.</summary>
    public string? Imsi { get; init; }
}
