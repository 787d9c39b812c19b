using System.Text;

namespace Sim800.Cli.Monitor;

/// <summary>What would be written over the monitor's screen stands among its events instead.</summary>
/// <param name="feed">Where it stands.</param>
/// <param name="isResult">It is what the verb was run for.</param>
internal sealed class FeedWriter(MonitorFeed feed, bool isResult = false) : TextWriter
{
    private readonly StringBuilder _line = new();
    private readonly Lock _gate = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_gate)
        {
            if (value is not '\n')
            {
                _line.Append(value);
                return;
            }

            // What was set in columns stands in a line of its own here.
            var text = string.Join(' ', _line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (text.Length > 0)
            {
                feed.Tell(text, isResult);
            }

            _line.Clear();
        }
    }
}

/// <summary>The same for results, which are bytes.</summary>
internal sealed class FeedStream(MonitorFeed feed) : Stream
{
    private readonly FeedWriter _writer = new(feed, isResult: true);
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
        // Nothing is held back but a line that has not ended.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        _writer.Write(characters.AsSpan(0, _decoder.GetChars(buffer, characters, flush: false)));
    }

    protected override void Dispose(bool disposing)
    {
        _writer.Dispose();
        base.Dispose(disposing);
    }
}
