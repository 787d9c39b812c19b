namespace Sim800.Simulator;

/// <summary>Something the simulator needs is not to be had. The leaves say what.</summary>
public abstract class SimulatorException : IOException
{
    private protected SimulatorException(string message, string remedy, Exception? innerException = null)
        : base($"{message} {remedy}", innerException) => Remedy = remedy;

    /// <summary>What to do about it, in one sentence.</summary>
    public string Remedy { get; }
}
