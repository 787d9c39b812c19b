namespace Sim800.Modem;

/// <summary>The modem refused a command.</summary>
public sealed class AtCommandException : ModemException
{
    private AtCommandException(in ModemFailure failure, Explanation explanation)
        : base(failure.Stage, explanation.What, explanation.Remedy)
    {
        Command = failure.Command.Shown;
        Answer = failure.Answer;
        State = failure.State;
        IsTransient = explanation.IsTransient;
        CmeError = failure.Response.FinalResult.CmeError;
        CmsError = failure.Response.FinalResult.CmsError;
    }

    /// <summary>The code of <c>+CME ERROR</c> (SIM800 manual 18.1), also when the modem wrote it in words; <c>null</c> for a plain <c>ERROR</c>.</summary>
    public int? CmeError { get; }

    /// <summary>The code of <c>+CMS ERROR</c> (3GPP TS 27.005 §3.2.5); <c>null</c> when it was not one.</summary>
    public int? CmsError { get; }

    internal static AtCommandException Of(in ModemFailure failure) => new(failure, Explanations.Of(failure));
}
