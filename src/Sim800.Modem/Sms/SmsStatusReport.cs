using Sim800.Modem.Sms;

namespace Sim800.Modem;

/// <summary>SMS-STATUS-REPORT: what has become of a message that was sent (3GPP TS 23.040 §9.2.2.3).</summary>
public sealed record SmsStatusReport
{
    private const int TypeMask = 0x03;
    private const int Type = 0x02;

    internal SmsStatusReport()
    {
    }

    /// <summary>The reference that <see cref="ModemMessages.SendWithReportAsync"/> gave for the message, or for the part of it; 0 to 255.</summary>
    public required int Reference { get; init; }

    /// <summary>The number it was sent to.</summary>
    public required string Recipient { get; init; }

    /// <summary>When the service centre got the message; <c>null</c> when its time makes no sense.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it was delivered, or tried for the last time; <c>null</c> when that time makes no sense.</summary>
    public DateTimeOffset? DischargedAt { get; init; }

    /// <summary>The status octet (§9.2.3.15).</summary>
    public required int Status { get; init; }

    /// <summary>What the status means.</summary>
    public SmsDelivery Delivery => Status switch
    {
        < 0x20 => SmsDelivery.Delivered,
        < 0x40 => SmsDelivery.Pending,
        _ => SmsDelivery.Failed,
    };

    /// <returns><c>false</c> when the PDU is none, or no status report.</returns>
    /// <exception cref="SmsException">It is one and ends too early.</exception>
    internal static bool TryRead(string hex, out SmsStatusReport? report)
    {
        report = null;
        var octets = SmsDeliver.FromHex(hex);
        var pdu = new SmsPduReader(octets);
        pdu.Take(pdu.TakeOctet()); // the service centre's number
        if ((pdu.TakeOctet() & TypeMask) != Type)
        {
            return false;
        }

        var reference = pdu.TakeOctet();
        report = new SmsStatusReport
        {
            Reference = reference,
            Recipient = SmsAddress.Read(ref pdu),
            SentAt = SmsTimestamp.Read(pdu.Take(SmsTimestamp.Length)),
            DischargedAt = SmsTimestamp.Read(pdu.Take(SmsTimestamp.Length)),
            Status = pdu.TakeOctet(),
        };
        return true;
    }
}

/// <summary>What has become of a message.</summary>
public enum SmsDelivery
{
    /// <summary>The receiver has it, as far as the service centre knows.</summary>
    Delivered,

    /// <summary>The service centre goes on trying.</summary>
    Pending,

    /// <summary>The service centre has given up.</summary>
    Failed,
}
