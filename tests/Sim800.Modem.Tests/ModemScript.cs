using Sim800.Simulator;
using TestKit;

namespace Sim800.Modem.Tests;

/// <summary>A driver on a line whose other end plays a transcript, in virtual time.</summary>
internal sealed class ModemScript : IAsyncDisposable, IProgress<Sim800Progress>, IProgress<ModemEvent>
{
    private readonly DuplexPipePair _line = new();
    private readonly Task _played;

    internal ModemScript(params string[][] parts) => _played = TestKit.Transcript.PlayAsync(_line.Right, Conversations.Of(parts));

    internal VirtualClock Clock { get; } = new();

    internal List<Sim800Progress> Progress { get; } = [];

    internal List<ModemEvent> Events { get; } = [];

    internal ModemOptions Options => new()
    {
        Apn = "internet",
        TimeProvider = Clock,
        Progress = this,
        Events = this,
    };

    internal Task<CellularModem> OpenAsync(ModemOptions? options = null) =>
        CellularModem.OpenAsync(_line.Left, options ?? Options, TestContext.Current.CancellationToken);

    /// <summary>The whole transcript has been played.</summary>
    internal Task PlayedAsync() => _played;

    /// <summary>Plays on where <see cref="PlayedAsync"/> has ended.</summary>
    internal Task PlayOnAsync(params string[] lines) => TestKit.Transcript.PlayAsync(_line.Right, lines);

    public void Report(Sim800Progress value)
    {
        lock (Progress)
        {
            Progress.Add(value);
        }
    }

    public void Report(ModemEvent value)
    {
        lock (Events)
        {
            Events.Add(value);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _line.Right.Output.CompleteAsync();
        Clock.Dispose();
    }
}
