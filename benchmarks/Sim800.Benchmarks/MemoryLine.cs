using System.IO.Pipelines;

namespace Sim800.Benchmarks;

/// <summary>Two ends of a line in memory.</summary>
internal sealed class MemoryLine
{
    private readonly Pipe _there = new();
    private readonly Pipe _back = new();

    internal IDuplexPipe Client => new End(_back.Reader, _there.Writer);

    internal IDuplexPipe Server => new End(_there.Reader, _back.Writer);

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
