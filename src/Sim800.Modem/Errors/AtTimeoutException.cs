using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>The modem did not finish an answer in time.</summary>
public sealed class AtTimeoutException : ModemException
{
    /// <param name="command">What was not answered.</param>
    /// <param name="heard">What came instead.</param>
    /// <param name="isLineBad">Whether other answers were damaged or lost shortly before.</param>
    /// <param name="hasAnswered">Whether the modem has answered other commands shortly before.</param>
    internal AtTimeoutException(AtCommand command, AtTimeoutReason heard, bool isLineBad = false, bool hasAnswered = false)
        : this(command, heard, (heard, isLineBad, hasAnswered) switch
        {
            (not AtTimeoutReason.EchoOnly, true, _) => Explanations.OfBadLine(command),
            (AtTimeoutReason.Silence, _, true) => Explanations.OfSuddenSilence(command),
            _ => Explanations.OfSilence(command, heard),
        })
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
