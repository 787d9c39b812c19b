namespace Sim800.Modem.At;

/// <summary>
/// Tells a bad line by what comes: lines that are none of a modem's, answers that are lost. One of them may be anything; two within a minute
/// are the line.
/// </summary>
internal sealed class DamageWatch(AtChannelOptions options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private long _answered;
    private long _last;
    private long _previous;
    private int _count;
    private bool _isWatching;
    private bool _isTold;

    /// <summary>How often damage was noted, from the first time on.</summary>
    internal long Total { get; private set; }

    internal bool IsLineBad => _count >= 2 && options.Clock.GetElapsedTime(_previous) < Window;

    internal bool HasAnsweredLately => _isWatching && options.Clock.GetElapsedTime(_answered) < Window;

    internal void Begin() => (_isWatching, _count, _answered) = (true, 0, options.Clock.GetTimestamp());

    internal void NoteAnswer() => _answered = options.Clock.GetTimestamp();

    /// <summary>A line that no table has. News in a modem's form may be some that nobody knows, and is none.</summary>
    internal void Note(ReadOnlySpan<byte> line)
    {
        if (!IsNews(line) && !line.StartsWith("AT"u8) && !line.SequenceEqual("OK"u8) && !line.SequenceEqual("ERROR"u8))
        {
            Note();
        }
    }

    /// <summary>Whether the line has the form of an extended result code.</summary>
    internal static bool IsNews(ReadOnlySpan<byte> line) =>
        line.IndexOf((byte)':') is > 1 and var colon
        && line[0] is (byte)'+' or (byte)'*' or (byte)'^'
        && !line[1..colon].ContainsAnyExceptInRange((byte)'0', (byte)'Z');

    internal void Note()
    {
        if (_isWatching)
        {
            Total++;
            (_previous, _last, _count) = (_last, options.Clock.GetTimestamp(), _count + 1);
            if (IsLineBad && !_isTold)
            {
                _isTold = true;
                options.OnBadLine();
            }
        }
    }
}
