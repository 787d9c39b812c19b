namespace Sim800.Simulator.Machine;

/// <summary>One entry of the <see cref="Agenda"/>.</summary>
internal sealed class Appointment(Action action)
{
    internal bool IsCancelled { get; private set; }

    internal void Cancel() => IsCancelled = true;

    internal void Keep()
    {
        IsCancelled = true;
        action();
    }
}
