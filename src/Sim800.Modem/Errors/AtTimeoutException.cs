using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>The modem did not finish an answer in time.</summary>
public sealed class AtTimeoutException : ModemException
{
    internal AtTimeoutException(AtCommand command, AtTimeoutReason heard)
        : this(command, heard, Explanations.OfSilence(command, heard))
    {
    }

    private AtTimeoutException(AtCommand command, AtTimeoutReason heard, Explanation explanation)
        : base(Sim800Stage.Modem, explanation.What, explanation.Remedy)
    {
        Command = command.Shown;
        IsTransient = true;
        Reason = heard;
    }

    /// <summary>Whether the payload of the command had been sent.</summary>
    internal bool IsPayloadSent { get; private init; }

    /// <summary>The same of a modem that has answered other commands since: it is switched on, and its lines are right.</summary>
    internal AtTimeoutException AnsweringAgain(AtCommand command, bool isPayloadSent) =>
        new(command, Reason, Explanations.OfLostAnswer(command)) { IsPayloadSent = isPayloadSent };

    /// <summary>What came instead.</summary>
    public AtTimeoutReason Reason { get; }
}
