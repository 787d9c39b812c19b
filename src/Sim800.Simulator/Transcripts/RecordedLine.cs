using System.IO.Pipelines;

namespace Sim800.Simulator;

/// <summary>A line whose bytes are written down as they pass.</summary>
internal sealed class RecordedLine : IDuplexPipe
{
    internal RecordedLine(IDuplexPipe line, TranscriptRecorder recorder)
    {
        Input = PipeReader.Create(new RecordedStream(line.Input.AsStream(), read: recorder.Modem, written: recorder.Host));
        Output = PipeWriter.Create(new RecordedStream(line.Output.AsStream(), read: recorder.Modem, written: recorder.Host));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }
}
