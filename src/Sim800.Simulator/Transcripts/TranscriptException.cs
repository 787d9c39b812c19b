namespace Sim800.Simulator;

/// <summary>A transcript cannot be read, or the host did not say what it says.</summary>
public sealed class TranscriptException : SimulatorException
{
    internal TranscriptException(string message, string remedy, int lineNumber, Exception? innerException = null)
        : base(message, remedy, innerException) => LineNumber = lineNumber;

    /// <summary>The line of the transcript, counted from 1.</summary>
    public int LineNumber { get; }
}
