namespace Sim800.Modem;

/// <summary>The modem answered a command with a text that cannot be read.</summary>
public sealed class AtAnswerException : ModemException
{
    internal AtAnswerException(Sim800Stage stage, string command, string answer)
        : base(
            stage,
            $"The modem answered '{command}' with '{answer}', which cannot be read.",
            ModemRemedy.ReportAnswer)
    {
        Command = command;
        Answer = answer;
        IsTransient = true;
    }
}
