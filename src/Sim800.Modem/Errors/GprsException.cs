namespace Sim800.Modem;

/// <summary>The data connection (GPRS attachment, PDP context, IP address) could not be set up.</summary>
public sealed class GprsException : ModemException
{
    private GprsException(in ModemFailure failure, Explanation explanation)
        : base(Sim800Stage.Gprs, explanation.What, explanation.Remedy)
    {
        Command = failure.Command.Shown;
        Answer = failure.Answer;
        State = failure.State;
        IsTransient = explanation.IsTransient;
        CmeError = failure.Response.FinalResult.CmeError;
    }

    private GprsException(string what, ModemRemedy remedy)
        : base(Sim800Stage.Gprs, what, remedy) =>
        IsTransient = true;

    /// <summary>The code of <c>+CME ERROR</c>; <c>null</c> for a plain <c>ERROR</c>.</summary>
    public int? CmeError { get; }

    internal static GprsException Of(in ModemFailure failure) => new(failure, Explanations.Of(failure));

    internal static GprsException NotAttached() => new(
        "GPRS is not attached.", ModemRemedy.CheckContract);
}
