using System.Globalization;

namespace Sim800.Modem;

/// <summary>The SIM card cannot be used.</summary>
public sealed class SimException : ModemException
{
    private SimException(SimReason reason, string what, ModemRemedy remedy, int? triesLeft = null)
        : base(Sim800Stage.Sim, what, remedy)
    {
        Reason = reason;
        TriesLeft = triesLeft;
    }

    /// <summary>Why.</summary>
    public SimReason Reason { get; }

    /// <summary>How many more PINs the card would take; <c>null</c> when the modem does not say.</summary>
    public int? TriesLeft { get; }

    internal static SimException PinRequired() => new(
        SimReason.PinRequired, "The SIM card asks for its PIN and none was given.", ModemRemedy.GivePin);

    internal static SimException PinRefused(int? triesLeft) => new(
        SimReason.PinRefused,
        triesLeft is { } left
            ? string.Create(CultureInfo.InvariantCulture, $"The SIM card refused the PIN; {left} tries are left.")
            : "The SIM card refused the PIN.",
        ModemRemedy.CorrectPin,
        triesLeft);

    internal static SimException PinRefusedBefore(int triesLeft) => new(
        SimReason.PinRefused, "The SIM card has refused this PIN before, so it was not entered again.", ModemRemedy.CorrectPin, triesLeft);

    internal static SimException LastTry() => new(
        SimReason.PinRefused,
        "The SIM card would take only one more PIN, so it was not entered.",
        ModemRemedy.EnterPinInPhone,
        1);

    internal static SimException PinUnanswered(int? triesLeft) => new(
        SimReason.PinRefused,
        "The PIN was entered, its answer was lost, and the SIM card asks for it again.",
        ModemRemedy.CorrectPin,
        triesLeft);

    internal static SimException NotInserted(string answer) => new(
        SimReason.NotInserted, "There is no SIM card in the modem.", ModemRemedy.InsertCard)
    {
        Command = "AT+CPIN?",
        Answer = answer,
    };

    internal static SimException NeverReady(string answer) => new(
        SimReason.Failure, "The SIM card did not become ready.", ModemRemedy.CheckCard)
    {
        Command = "AT+CPIN?",
        Answer = answer,
        IsTransient = true,
    };

    internal static SimException PukRequired(string state) => new(
        SimReason.PukRequired, "The SIM card is locked and asks for its PUK.", ModemRemedy.EnterPukInPhone)
    {
        State = state,
    };

    internal static SimException OtherCodeRequired(string state) => new(
        SimReason.OtherCodeRequired, $"The modem asks for another code: {state}.", ModemRemedy.UseOtherCard)
    {
        State = state,
    };

    internal static SimException Of(SimReason reason, in ModemFailure failure)
    {
        var explanation = Explanations.Of(failure);
        return new SimException(reason, explanation.What, explanation.Remedy)
        {
            Command = failure.Command.Shown,
            Answer = failure.Answer,
            State = failure.State,
            IsTransient = explanation.IsTransient,
        };
    }
}
