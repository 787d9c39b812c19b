using System.Text;

namespace Sim800.Cli.Timeline;

/// <summary>
/// Reads the exchanges of AT commands out of the bytes of a line: a command and what ends it, what the modem says by itself, and how long that
/// takes which was only promised by OK.
/// </summary>
internal sealed class AtExchanges(Action<TimelineEvent> add)
{
    private const int LongestLine = 600;

    private static readonly Promise[] Promises =
    [
        new("CIPSTART=", "connecting", ["CONNECT OK", "CONNECT FAIL", "ALREADY CONNECT"], IsAwaited: false),
        new("CIPOPEN=", "connecting", ["+CIPOPEN: "], IsAwaited: false),
        new("NETOPEN", "opening the data connection", ["+NETOPEN: "], IsAwaited: true),
        new("NETCLOSE", "closing the data connection", ["+NETCLOSE: "], IsAwaited: true),
        new("CIPSEND=", "sending", ["+CIPSEND: "], IsAwaited: true),
        new("CIPCLOSE=", "closing", ["+CIPCLOSE: "], IsAwaited: true),
    ];

    private readonly StringBuilder _line = new();
    private readonly List<(Promise Promise, double Since)> _promised = [];
    private Exchange? _current;
    private int _payloadToSkip;

    internal void Sent(double at, ReadOnlySpan<byte> bytes)
    {
        if (_current is { HasPrompt: true } asked)
        {
            asked.Payload += bytes.Length;
            asked.LastSent = at;
            return;
        }

        var text = Encoding.Latin1.GetString(bytes);
        if (!text.StartsWith("A", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        End(_current?.Last ?? at, null); // the answer to the one before never came
        EndPromises(at, promise => promise.IsAwaited);
        _current = new Exchange(at, text.Trim(), bytes.Length);
    }

    internal void Received(double at, ReadOnlySpan<byte> bytes)
    {
        if (_current is { } current)
        {
            current.Last = at;
            current.Answer += bytes.Length;
        }

        foreach (var value in bytes)
        {
            if (_payloadToSkip > 0)
            {
                _payloadToSkip--;
            }
            else if (value is (byte)'\r' or (byte)'\n')
            {
                Take(at, _line.ToString());
                _line.Clear();
            }
            else if (value is (byte)'>' && _line.Length == 0 && _current is { TakesPayload: true } prompted)
            {
                prompted.HasPrompt = true;
            }
            else if (_line.Length < LongestLine)
            {
                _line.Append((char)value);
            }
        }
    }

    /// <summary>What is still open ends with the recording.</summary>
    internal void Close(double at)
    {
        End(at, null);
        EndPromises(at, static _ => true);
    }

    private void Take(double at, string line)
    {
        var text = line.Trim();
        if (text.Length == 0 || (_current is { } echoing && text.Equals(echoing.Command, StringComparison.Ordinal)))
        {
            return;
        }

        SkipPayload(text);
        var kept = _promised.FindIndex(open => IsAnyOf(text, open.Promise.Outcomes));
        if (kept >= 0)
        {
            EndPromise(kept, at, AtMask.Answer(text));
            return;
        }

        if (_current is { } current)
        {
            if (IsFinal(text, current.Command))
            {
                End(at, text);
                if (text is "OK" && Array.Find(Promises, current.Has) is { } promise)
                {
                    _promised.Add((promise, at));
                }

                return;
            }

            if (text.StartsWith('+') || char.IsAsciiLetterOrDigit(text[0]))
            {
                return; // information of the answer
            }
        }

        add(new TimelineEvent(TimelineLane.At, at, at, TimelineDirection.Received, text.Length, AtMask.Answer(text)));
    }

    /// <summary>Bytes of data follow the line that counts them: "+CIPRXGET: 2,0,141,0" or "+RECEIVE,0,141:".</summary>
    private void SkipPayload(string text)
    {
        var fields = text.Split(',', ':', ' ').Where(field => field.Length > 0).ToArray();
        _payloadToSkip = fields switch
        {
            ["+CIPRXGET", "2", _, var count, ..] when int.TryParse(count, System.Globalization.CultureInfo.InvariantCulture, out var bytes) => bytes + 1,
            ["+RECEIVE", _, var count, ..] when int.TryParse(count, System.Globalization.CultureInfo.InvariantCulture, out var bytes) => bytes + 1,
            _ => 0,
        };
        // The line ends with CR LF, of which the LF is still to come; a count of nothing has no bytes behind it.
        _payloadToSkip = _payloadToSkip == 1 ? 0 : _payloadToSkip;
    }

    private static bool IsFinal(string text, string command) =>
        text is "OK" or "ERROR" or "NO CARRIER" or "BUSY" or "NO ANSWER"
        || IsAnyOf(text, "+CME ERROR", "+CMS ERROR", "SEND OK", "SEND FAIL", "DATA ACCEPT", "SHUT OK", "CLOSE OK")
        || (command.EndsWith("+CIFSR", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(text[0]));

    private static bool IsAnyOf(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private void EndPromises(double at, Predicate<Promise> which)
    {
        for (var i = _promised.Count - 1; i >= 0; i--)
        {
            if (which(_promised[i].Promise))
            {
                EndPromise(i, at, "given up");
            }
        }
    }

    private void EndPromise(int index, double at, string how)
    {
        var (promise, since) = _promised[index];
        _promised.RemoveAt(index);
        add(new TimelineEvent(TimelineLane.At, since, at, TimelineDirection.None, 0, $"{promise.Text}: {how}", TimelineWait.Network));
    }

    private void End(double at, string? result)
    {
        if (_current is not { } exchange)
        {
            return;
        }

        _current = null;
        var payload = exchange.Payload > 0 ? $" + {exchange.Payload} bytes" : "";
        var text = $"{AtMask.Command(exchange.Command)}{payload}: {(result is null ? "no result" : AtMask.Answer(result))}, {exchange.Answer} bytes back";
        add(new TimelineEvent(
            TimelineLane.At, exchange.Start, Math.Max(at, exchange.Start), TimelineDirection.Sent, exchange.Size + exchange.Payload, text, exchange.Wait));
    }

    /// <summary>A command whose OK says only that the modem tries.</summary>
    /// <param name="Command">Its name with the beginning of its arguments, or the whole of it.</param>
    /// <param name="Text">What is waited for then.</param>
    /// <param name="Outcomes">The words of the outcome.</param>
    /// <param name="IsAwaited">Whether no other command is given before the outcome.</param>
    private sealed record Promise(string Command, string Text, string[] Outcomes, bool IsAwaited);

    private sealed class Exchange(double start, string command, int size)
    {
        internal double Start { get; } = start;

        internal string Command { get; } = command;

        internal int Size { get; } = size;

        internal double Last { get; set; } = start;

        internal double LastSent { get; set; } = start;

        internal int Payload { get; set; }

        internal int Answer { get; set; }

        internal bool HasPrompt { get; set; }

        internal bool TakesPayload => IsNamed("CIPSEND=") || IsNamed("CMGS=");

        /// <summary>These go through the operator's network; the rest the modem answers by itself.</summary>
        internal TimelineWait Wait => IsAnyOf(Command.ToUpperInvariant(), "CIICR", "CGATT=", "COPS", "CUSD", "CMGS", "CNTP", "CIPGSMLOC", "CIPSHUT", "CIPCLOSE")
            ? TimelineWait.Network
            : TimelineWait.Modem;

        internal bool Has(Promise promise) => IsNamed(promise.Command) && (promise.Command.EndsWith('=') || Command.Length == 3 + promise.Command.Length);

        internal bool IsNamed(string name) => Command.AsSpan(Math.Min(3, Command.Length)).StartsWith(name, StringComparison.OrdinalIgnoreCase);
    }
}
