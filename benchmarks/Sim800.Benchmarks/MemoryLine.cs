using System.IO.Pipelines;

namespace Sim800.Benchmarks;

/// <summary>Two ends of a line in memory, which takes what it is given: nothing waits for room.</summary>
internal sealed class MemoryLine
{
    private static readonly PipeOptions Unlimited = new(pauseWriterThreshold: 0, useSynchronizationContext: false);
    private readonly Pipe _there = new(Unlimited);
    private readonly Pipe _back = new(Unlimited);

    internal IDuplexPipe Client => new End(_back.Reader, _there.Writer);

    internal IDuplexPipe Server => new End(_there.Reader, _back.Writer);

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
