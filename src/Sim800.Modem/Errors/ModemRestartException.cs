namespace Sim800.Modem;

/// <summary>The modem restarts again and again while it is brought up: nearly always its supply breaks down when the transmitter starts.</summary>
public sealed class ModemRestartException : ModemException
{
    private ModemRestartException(Sim800Stage stage, string? command, Exception last)
        : base(stage, $"The modem keeps restarting while it is brought up, the last time at '{command}'.", ModemRemedy.ImproveSupply, last)
    {
        Command = command;
        IsTransient = true;
    }

    /// <param name="last">What the last restart interrupted.</param>
    internal static ModemRestartException Of(ModemException last) =>
        last as ModemRestartException ?? new(last.Stage, last.Command, last) { Answer = last.Answer, State = last.State };
}
