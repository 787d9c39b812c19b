namespace Sim800.Modem;

/// <summary>The modem answered a command with a text that cannot be read.</summary>
public sealed class AtAnswerException : ModemException
{
    internal AtAnswerException(Sim800Stage stage, string command, string answer)
        : this(stage, command, answer, $"The modem answered '{command}' with '{answer}', which cannot be read.", ModemRemedy.ReportAnswer)
    {
    }

    private AtAnswerException(Sim800Stage stage, string command, string answer, string what, ModemRemedy remedy)
        : base(stage, what, remedy)
    {
        Command = command;
        Answer = answer;
        IsTransient = true;
    }

    /// <summary>What no modem says, again and again: it was damaged on the line.</summary>
    internal static AtAnswerException Damaged(string command, string answer) => new(
        Sim800Stage.Modem,
        command,
        answer,
        $"The line is bad: the answers to '{command}' are damaged, the last one was '{answer}'.",
        ModemRemedy.CheckWiring);
}
