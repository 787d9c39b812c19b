namespace Sim800.Cli.Timeline;

/// <summary>A session as it was recorded, and the sums of it.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Duration">How long it took, in milliseconds.</param>
/// <param name="BaudRate">Bits per second on the line.</param>
/// <param name="Events">What happened.</param>
/// <param name="Sent">Bytes to the server or the modem, by lane.</param>
/// <param name="Received">Bytes from there, by lane.</param>
/// <param name="Dropped">How many events there were no room for.</param>
internal sealed record TimelineSession(
    DateTimeOffset StartedAt,
    double Duration,
    int BaudRate,
    IReadOnlyList<TimelineEvent> Events,
    IReadOnlyList<long> Sent,
    IReadOnlyList<long> Received,
    int Dropped)
{
    /// <summary>How many AT commands were sent.</summary>
    internal int Exchanges => Events.Count(one => one is { Lane: TimelineLane.At, Direction: TimelineDirection.Sent });

    /// <summary>
    /// The whole time, cut into pieces by who was waited for. Where several were, the lowest layer explains it: bytes on the line before the command they
    /// belong to, the command before the answer of the server.
    /// </summary>
    internal IReadOnlyList<(double Start, double End, TimelineWait Wait)> Waits()
    {
        var edges = new List<(double At, int Change, int Rank)>();
        foreach (var one in Events.Where(one => one.End > one.Start && one.Wait is not TimelineWait.Nobody))
        {
            edges.Add((one.Start, 1, Rank(one)));
            edges.Add((one.End, -1, Rank(one)));
        }

        edges.Sort((a, b) => a.At.CompareTo(b.At));
        var open = new int[2 * (1 + (int)TimelineWait.Line)];
        var waits = new List<(double Start, double End, TimelineWait Wait)>();
        var from = edges.Count > 0 ? Math.Min(edges[0].At, Duration) : 0;
        Append(waits, 0, from, TimelineWait.Program); // what comes before the first byte is the program's start
        foreach (var (at, change, rank) in edges)
        {
            Append(waits, from, Math.Min(at, Duration), WaitOf(open));
            (from, open[rank]) = (Math.Max(from, Math.Min(at, Duration)), open[rank] + change);
        }

        Append(waits, from, Duration, WaitOf(open));
        return waits;
    }

    /// <summary>Milliseconds by who was waited for; they add up to the duration.</summary>
    internal IReadOnlyDictionary<TimelineWait, double> TimeByWait() =>
        Waits().GroupBy(one => one.Wait).ToDictionary(group => group.Key, group => group.Sum(one => one.End - one.Start));

    /// <summary>Milliseconds by stage, in the order in which they were first passed. What two layers tell of the same stage counts once.</summary>
    internal IReadOnlyList<(string Stage, double Milliseconds)> TimeByStage() =>
        [.. Events.Where(one => one.Lane is TimelineLane.Stage).GroupBy(one => one.Text, StringComparer.Ordinal).Select(group => (group.Key, Covered(group)))];

    private static double Covered(IEnumerable<TimelineEvent> spans)
    {
        var (sum, until) = (0.0, 0.0);
        foreach (var span in spans.OrderBy(span => span.Start))
        {
            sum += Math.Max(0, span.End - Math.Max(span.Start, until));
            until = Math.Max(until, span.End);
        }

        return sum;
    }

    /// <summary>A stage is a guess, and hidden by whatever is known.</summary>
    private static int Rank(in TimelineEvent one) => (one.Lane is TimelineLane.Stage ? 0 : 1 + (int)TimelineWait.Line) + (int)one.Wait;

    private static TimelineWait WaitOf(int[] open)
    {
        var highest = Array.FindLastIndex(open, count => count > 0);
        return highest < 0 ? TimelineWait.Nobody : (TimelineWait)(highest % (1 + (int)TimelineWait.Line));
    }

    private static void Append(List<(double Start, double End, TimelineWait Wait)> waits, double from, double to, TimelineWait wait)
    {
        if (to <= from)
        {
            return;
        }

        if (waits.Count > 0 && waits[^1].Wait == wait)
        {
            waits[^1] = waits[^1] with { End = to };
        }
        else
        {
            waits.Add((from, to, wait));
        }
    }
}
