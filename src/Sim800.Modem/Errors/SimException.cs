using System.Globalization;

namespace Sim800.Modem;

/// <summary>The SIM card cannot be used.</summary>
public sealed class SimException : ModemException
{
    private SimException(SimReason reason, string what, string remedy, int? triesLeft = null)
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
        SimReason.PinRequired, "The SIM card asks for its PIN and none was given.", "Give the PIN, or switch its query off in a phone.");

    internal static SimException PinRefused(int? triesLeft) => new(
        SimReason.PinRefused,
        triesLeft is { } left
            ? string.Create(CultureInfo.InvariantCulture, $"The SIM card refused the PIN; {left} tries are left.")
            : "The SIM card refused the PIN.",
        "Correct the PIN before trying again: after three refusals the card locks itself.",
        triesLeft);

    internal static SimException LastTry() => new(
        SimReason.PinRefused,
        "The SIM card would take only one more PIN, so it was not entered.",
        "Enter the right PIN in a phone, which gives back all three tries, then start again.",
        1);

    internal static SimException PinUnanswered(int? triesLeft) => new(
        SimReason.PinRefused,
        "The PIN was entered, its answer was lost, and the SIM card asks for it again.",
        "Make sure of the PIN and start again: after three refusals the card locks itself.",
        triesLeft);

    internal static SimException NotInserted(string answer) => new(
        SimReason.NotInserted, "There is no SIM card in the modem.", "Insert a SIM card, contacts towards the board, and restart the modem.")
    {
        Command = "AT+CPIN?",
        Answer = answer,
    };

    internal static SimException NeverReady(string answer) => new(
        SimReason.Failure, "The SIM card did not become ready.", "Clean its contacts, try it in a phone, and check the modem's supply.")
    {
        Command = "AT+CPIN?",
        Answer = answer,
        IsTransient = true,
    };

    internal static SimException PukRequired(string state) => new(
        SimReason.PukRequired, "The SIM card is locked and asks for its PUK.", "Unlock it in a phone with the PUK from the operator's letter.")
    {
        State = state,
    };

    internal static SimException OtherCodeRequired(string state) => new(
        SimReason.OtherCodeRequired, $"The modem asks for another code: {state}.", "Use the card that the modem is locked to, or unlock the modem.")
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
