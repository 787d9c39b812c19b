namespace Sim800.Modem;

/// <summary>Why a short message was not sent or cannot be read.</summary>
public enum SmsReason
{
    /// <summary>The modem or the network refused the message; the code says why.</summary>
    Refused,

    /// <summary>A PDU from the modem is damaged, or of a kind that is not a received message.</summary>
    MalformedPdu,
}
