namespace Sim800.Modem;

/// <summary>The modem's clock was not set by NTP.</summary>
public sealed class NtpException : ModemException
{
    internal NtpException(int code, string server)
        : base(ModemStage.Gprs, $"The clock was not set by '{server}': {Describe(code)}.", RemedyFor(code))
    {
        Reason = Enum.IsDefined((NtpReason)code) ? (NtpReason)code : NtpReason.Unknown;
        Code = code;
        Command = "AT+CNTP";
        Answer = $"+CNTP: {code}";
        IsTransient = true;
    }

    /// <summary>What went wrong.</summary>
    public NtpReason Reason { get; }

    /// <summary>The code of <c>+CNTP</c>.</summary>
    public int Code { get; }

    private static string Describe(int code) => (NtpReason)code switch
    {
        NtpReason.NetworkError => "the bearer failed",
        NtpReason.NameNotResolved => "its name was not resolved",
        NtpReason.ConnectionFailed => "it was not reached",
        NtpReason.ServiceError => "it answered with an error",
        NtpReason.TimedOut => "it did not answer",
        _ => $"the modem gave the unknown code {code}",
    };

    private static string RemedyFor(int code) => (NtpReason)code switch
    {
        NtpReason.NetworkError => "Check the APN and the signal.",
        NtpReason.NameNotResolved => "Try again, or give the server by its address.",
        _ => "Try again or give another server.",
    };
}
