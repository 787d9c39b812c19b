namespace Sim800.Modem;

/// <summary>A short message was not sent, or cannot be read.</summary>
public sealed class SmsException : ModemException
{
    private SmsException(SmsReason reason, string what, string remedy, Exception? inner = null)
        : base(ModemStage.Network, what, remedy, inner) => Reason = reason;

    /// <summary>What went wrong.</summary>
    public SmsReason Reason { get; }

    /// <summary>The code of <c>+CMS ERROR</c> (3GPP TS 27.005 §3.2.5); <c>null</c> when there was none.</summary>
    public int? Code { get; private init; }

    internal static SmsException MalformedPdu(string detail) => new(
        SmsReason.MalformedPdu,
        $"A short message from the modem cannot be read: {detail}.",
        "Read it as raw PDU with AT+CMGR, or delete it.");
}
