using System.Globalization;

namespace Sim800.Modem;

/// <summary>The modem's clock was not set by NTP.</summary>
public sealed class NtpException : ModemException
{
    private NtpException(NtpReason reason, int? code, string server)
        : base(Sim800Stage.Gprs, $"The clock was not set by '{server}': {Describe(reason, code)}.", RemedyFor(reason))
    {
        Reason = reason;
        Code = code;
        Command = "AT+CNTP";
        Answer = code is null ? null : string.Create(CultureInfo.InvariantCulture, $"+CNTP: {code}");
        IsTransient = true;
    }

    /// <summary>What went wrong.</summary>
    public NtpReason Reason { get; }

    /// <summary>The code of <c>+CNTP</c>; <c>null</c> when there was none.</summary>
    public int? Code { get; }

    internal static NtpException Of(int code, string server) =>
        new(code != 0 && Enum.IsDefined((NtpReason)code) ? (NtpReason)code : NtpReason.Unknown, code, server);

    /// <param name="reason">What the modem's code means.</param>
    /// <param name="code">Its code.</param>
    /// <param name="server">The server that was asked.</param>
    internal static NtpException Of(NtpReason reason, int code, string server) => new(reason, code, server);

    internal static NtpException NoOutcome(string server) => new(NtpReason.TimedOut, null, server);

    internal static NtpException NotSet(string server) => new(NtpReason.Unknown, null, server);

    private static string Describe(NtpReason reason, int? code) => reason switch
    {
        NtpReason.NetworkError => "the bearer failed",
        NtpReason.NameNotResolved => "its name was not resolved",
        NtpReason.ConnectionFailed => "it was not reached",
        NtpReason.ServiceError => "it answered with an error",
        NtpReason.TimedOut => "it did not answer",
        _ when code is null => "the clock stands as before",
        _ => string.Create(CultureInfo.InvariantCulture, $"the modem gave the unknown code {code}"),
    };

    private static ModemRemedy RemedyFor(NtpReason reason) => reason switch
    {
        NtpReason.NetworkError => ModemRemedy.CheckApnAndSignal,
        NtpReason.NameNotResolved => ModemRemedy.UseServerAddress,
        _ => ModemRemedy.UseOtherServer,
    };
}
