namespace Sim800.Modem;

/// <summary>A USSD request got no reply.</summary>
public sealed class UssdException : ModemException
{
    private UssdException(UssdReason reason, string request, string what, string remedy)
        : base(ModemStage.Network, what, remedy)
    {
        Reason = reason;
        Command = Sim800UserCommands.Ussd(request).Text;
        IsTransient = reason == UssdReason.TimedOut;
    }

    /// <summary>What went wrong.</summary>
    public UssdReason Reason { get; }

    internal static UssdException TimedOut(string request) => new(
        UssdReason.TimedOut, request, $"The network did not reply to '{request}' in time.", "Try again where the signal is better.");

    internal static UssdException NotSupported(string request) => new(
        UssdReason.NotSupported, request, $"The network does not support '{request}'.", "Check the code with the operator.");
}
