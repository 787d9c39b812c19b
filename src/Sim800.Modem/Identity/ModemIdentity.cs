namespace Sim800.Modem;

/// <summary>
/// The identities of the modem and of its SIM card. What the modem refuses to tell, or tells in a form that cannot be read, is <c>null</c>,
/// and <see cref="Unread"/> has its words.
/// </summary>
public sealed record ModemIdentity
{
    /// <summary>The family by which the modem is driven.</summary>
    public ModemFamily Family { get; init; }

    /// <summary>Manufacturer (<c>AT+GMI</c>), such as <c>SIMCOM_Ltd</c>.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Model (<c>AT+GMM</c>), such as <c>SIMCOM_SIM800L</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Product and release (<c>ATI</c>), such as <c>SIM800 R14.18</c>.</summary>
    public string? Product { get; init; }

    /// <summary>Firmware (<c>AT+GMR</c>), such as <c>1418B05SIM800L24</c>.</summary>
    public string? Firmware { get; init; }

    /// <summary>International mobile equipment identity (<c>AT+GSN</c>), 15 digits.</summary>
    public string? Imei { get; init; }

    /// <summary>
    /// Serial number of the SIM card (<c>AT+CCID</c>, ITU-T E.118), 18 to 22 digits, of which some operators use the hexadecimal ones;
    /// <c>null</c> without a card.
    /// </summary>
    public string? Iccid { get; init; }

    /// <summary>Subscriber's identity (<c>AT+CIMI</c>), up to 15 digits; <c>null</c> without an unlocked card.</summary>
    public string? Imsi { get; init; }

    /// <summary>Troubles that this firmware is known for, a sentence each with the way out.</summary>
    public IReadOnlyList<string> KnownTroubles { get; init; } = [];

    /// <summary>The questions that have no answer above, with what the modem said to them.</summary>
    public IReadOnlyList<ModemUnreadAnswer> Unread { get; init; } = [];
}

/// <summary>An answer that is a refusal, or that cannot be read.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Answer">The modem's words.</param>
public sealed record ModemUnreadAnswer(string Command, string Answer);
