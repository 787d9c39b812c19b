using Sim800.Modem.Dialects;

namespace Sim800.Modem;

/// <summary>A USSD request got no reply.</summary>
public sealed class UssdException : ModemException
{
    private UssdException(UssdReason reason, string what, ModemRemedy remedy)
        : base(Sim800Stage.Network, what, remedy)
    {
        Reason = reason;
        Command = StandardCommands.Ussd("").Shown;
        IsTransient = reason == UssdReason.TimedOut;
    }

    /// <summary>What went wrong.</summary>
    public UssdReason Reason { get; }

    internal static UssdException TimedOut() => new(
        UssdReason.TimedOut, "The network did not reply to the USSD request in time.", ModemRemedy.ImproveReception);

    internal static UssdException NotSupported() => new(
        UssdReason.NotSupported, "The network does not support the USSD request.", ModemRemedy.CheckUssdCode);
}

/// <summary>Why a USSD request failed.</summary>
public enum UssdReason
{
    /// <summary>No reply came in time.</summary>
    TimedOut,

    /// <summary>The network does not support the request.</summary>
    NotSupported,
}
