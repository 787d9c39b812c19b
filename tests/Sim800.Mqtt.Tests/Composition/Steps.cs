namespace Sim800.Mqtt.Tests.Composition;

/// <summary>Remembers every step of a client's progress.</summary>
internal sealed class Steps(Action<ConnectProgress>? onStep = null) : IProgress<ConnectProgress>
{
    private readonly List<ConnectProgress> _steps = [];

    internal IReadOnlyList<ConnectProgress> All
    {
        get
        {
            lock (_steps)
            {
                return [.. _steps];
            }
        }
    }

    public void Report(ConnectProgress value)
    {
        lock (_steps)
        {
            _steps.Add(value);
        }

        onStep?.Invoke(value);
    }
}
