namespace Sim800.Simulator.Machine;

/// <summary>
/// What the modem will do and when. Pure: time is told by <see cref="AdvanceTo"/>, and each appointment runs at its own
/// instant even when the teller is late.
/// </summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Appointment, (TimeSpan Due, long Order)> _queue = new();
    private long _order;

    /// <summary>Time since the machine was made.</summary>
    internal TimeSpan Now { get; private set; }

    /// <summary>When <see cref="AdvanceTo"/> is next needed; <c>null</c> when nothing is planned.</summary>
    internal TimeSpan? Next
    {
        get
        {
            while (_queue.TryPeek(out var head, out var priority))
            {
                if (!head.IsCancelled)
                {
                    return priority.Due;
                }

                _queue.Dequeue();
            }

            return null;
        }
    }

    internal Appointment After(TimeSpan delay, Action action) => At(Now + delay, action);

    internal Appointment At(TimeSpan due, Action action)
    {
        var appointment = new Appointment(action);
        _queue.Enqueue(appointment, (due < Now ? Now : due, _order++));
        return appointment;
    }

    internal void AdvanceTo(TimeSpan now)
    {
        while (Next is { } due && due <= now)
        {
            Now = due;
            _queue.Dequeue().Keep();
        }

        Now = now > Now ? now : Now;
    }
}
