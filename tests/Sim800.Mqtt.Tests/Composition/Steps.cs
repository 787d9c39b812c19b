using Sim800.Modem;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>Remembers every step of a client's progress.</summary>
internal sealed class Steps(Action<Sim800Progress>? onStep = null) : IProgress<Sim800Progress>
{
    private readonly List<Sim800Progress> _steps = [];

    internal IReadOnlyList<Sim800Progress> All
    {
        get
        {
            lock (_steps)
            {
                return [.. _steps];
            }
        }
    }

    public void Report(Sim800Progress value)
    {
        lock (_steps)
        {
            _steps.Add(value);
        }

        onStep?.Invoke(value);
    }
}
