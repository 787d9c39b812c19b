using System.Globalization;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Sms;

namespace Sim800.Modem;

/// <summary>A short message was not sent, or cannot be read.</summary>
public sealed class SmsException : ModemException
{
    private SmsException(SmsReason reason, string what, ModemRemedy remedy)
        : base(Sim800Stage.Network, what, remedy) => Reason = reason;

    /// <summary>What went wrong.</summary>
    public SmsReason Reason { get; }

    /// <summary>The code of <c>+CMS ERROR</c> (3GPP TS 27.005 §3.2.5); <c>null</c> when there was none.</summary>
    public int? Code { get; private init; }

    /// <summary>How many parts of the message had been sent before: the receiver has them already.</summary>
    public int PartsSent { get; private init; }

    internal static SmsException MalformedPdu(string detail) => new(
        SmsReason.MalformedPdu,
        $"A short message from the modem cannot be read: {detail}.",
        ModemRemedy.ReadRawMessage);

    internal static SmsException Refused(in AtResponse response, int partsSent, int parts)
    {
        var (what, remedy) = SmsRefusal.Of(response.FinalResult.CmsError);
        var sent = partsSent == 0
            ? "was not sent"
            : string.Create(CultureInfo.InvariantCulture, $"was cut off after {partsSent} of {parts} parts");
        return new SmsException(SmsReason.Refused, $"The short message {sent}: {what}.", remedy)
        {
            Code = response.FinalResult.CmsError,
            PartsSent = partsSent,
            Command = StandardCommands.SmsSend.Text,
            Answer = response.Final,
            IsTransient = true,
        };
    }
}

/// <summary>Why a short message was not sent or cannot be read.</summary>
public enum SmsReason
{
    /// <summary>The modem or the network refused the message; the code says why.</summary>
    Refused,

    /// <summary>A PDU from the modem is damaged, or of a kind that is not a received message.</summary>
    MalformedPdu,
}
