using System.Globalization;
using System.IO.Pipelines;

namespace Sim800.Simulator;

/// <summary>
/// Writes down what passes on a serial line, one exchange a line: seconds since the start, <c>&gt;</c> for the host or
/// <c>&lt;</c> for the modem, and the bytes with <c>\r</c>, <c>\n</c>, <c>\\</c> and <c>\xNN</c> for what is not text.
/// Everything is written, payloads and PINs too.
/// </summary>
public sealed class TranscriptRecorder : IDisposable
{
    /// <summary>A pause this long begins a new line.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly TextWriter _writer;
    private readonly TimeProvider _timeProvider;
    private readonly long _startedAt;
    private readonly List<byte> _bytes = [];
    private char _direction;
    private TimeSpan _first;
    private TimeSpan _last;

    private readonly bool _ownsWriter;

    /// <param name="writer">Where to; it stays open.</param>
    /// <param name="timeProvider">The clock; the system's when <c>null</c>.</param>
    public TranscriptRecorder(TextWriter writer, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _startedAt = _timeProvider.GetTimestamp();
    }

    private TranscriptRecorder(TextWriter writer, bool ownsWriter, TimeProvider? timeProvider)
        : this(writer, timeProvider) => _ownsWriter = ownsWriter;

    /// <summary>
    /// Records into a file that only its owner can read (mode 0600, also where the file was there before), never through a symbolic link.
    /// Its first line says what it contains.
    /// </summary>
    /// <param name="path">The file; what is in it is lost.</param>
    /// <param name="timeProvider">The clock; the system's when <c>null</c>.</param>
    /// <exception cref="IOException">The file cannot be written, or is a symbolic link.</exception>
    public static TranscriptRecorder ToFile(string path, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var writer = new StreamWriter(PrivateFile.Create(path)) { AutoFlush = true };
        writer.WriteLine("# Everything that passed on a serial line, with PINs, passwords and payloads. Look through it before you hand it on.");
        return new TranscriptRecorder(writer, ownsWriter: true, timeProvider);
    }

    /// <summary>A line that is recorded: what is read from it and written to it passes unchanged.</summary>
    /// <param name="line">The host's end of the line to a modem, real or virtual.</param>
    public IDuplexPipe Tap(IDuplexPipe line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new RecordedLine(line, this);
    }

    /// <summary>Writes down bytes of the host.</summary>
    public void Host(ReadOnlySpan<byte> bytes) => Add('>', bytes);

    /// <summary>Writes down bytes of the modem.</summary>
    public void Modem(ReadOnlySpan<byte> bytes) => Add('<', bytes);

    /// <summary>Writes what is still to be written and flushes the writer.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            WriteLine();
            _writer.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        if (_ownsWriter)
        {
            _writer.Dispose();
        }
    }

    private void Add(char direction, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var now = _timeProvider.GetElapsedTime(_startedAt);
            if (direction != _direction || now - _last > Pause)
            {
                WriteLine();
                (_direction, _first) = (direction, now);
            }

            _last = now;
            _bytes.AddRange(bytes);
        }
    }

    private void WriteLine()
    {
        if (_bytes.Count > 0)
        {
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_first.TotalSeconds:F3} {_direction} {TranscriptText.Escape([.. _bytes])}"));
            _bytes.Clear();
        }
    }
}
