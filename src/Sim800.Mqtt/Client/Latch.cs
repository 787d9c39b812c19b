namespace Sim800.Mqtt.Client;

/// <summary>Something that others wait for while it is closed. Belongs to the gate of whoever holds it.</summary>
internal sealed class Latch
{
    private TaskCompletionSource? _opening;

    internal bool IsClosed => _opening is not null;

    /// <summary>Ends when it is opened; has ended while it is open.</summary>
    internal Task WhenOpen => _opening?.Task ?? Task.CompletedTask;

    internal void Close() => _opening ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Open()
    {
        _opening?.SetResult();
        _opening = null;
    }
}
