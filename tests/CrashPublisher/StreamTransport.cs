using System.IO.Pipelines;

namespace CrashPublisher;

/// <summary>A stream as the transport of a client.</summary>
internal sealed class StreamTransport(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream);

    public PipeWriter Output { get; } = PipeWriter.Create(stream);
}
