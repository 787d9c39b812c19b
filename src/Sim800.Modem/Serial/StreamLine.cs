using System.IO.Pipelines;

namespace Sim800.Modem;

/// <summary>A stream as the serial line.</summary>
internal sealed class StreamLine(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: false));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
}
