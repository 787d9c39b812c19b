namespace Sim800.Benchmarks.Fleet;

/// <summary>A fleet whose broker was killed, and is there again a minute later.</summary>
/// <param name="Gateways">How many.</param>
/// <param name="Jitter">By which part their pauses vary.</param>
/// <param name="Arrivals">When connections reached the broker, counted from its return.</param>
/// <param name="UntilAll">From its return until the last one was connected.</param>
/// <param name="Full">Full handshakes since its end.</param>
/// <param name="Resumed">Handshakes of sessions that were resumed.</param>
internal sealed record FleetReturn(int Gateways, double Jitter, IReadOnlyList<TimeSpan> Arrivals, TimeSpan UntilAll, int Full, int Resumed)
{
    internal static readonly TimeSpan Down = TimeSpan.FromMinutes(1);

    /// <summary>Longer than any pause, so that a fleet that is not back then stays away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(0.5);

    /// <summary>Connections in each second since the broker's return.</summary>
    internal IReadOnlyList<int> PerSecond
    {
        get
        {
            var seconds = new int[Arrivals.Count == 0 ? 0 : (int)Arrivals.Max().TotalSeconds + 1];
            foreach (var arrival in Arrivals)
            {
                seconds[(int)arrival.TotalSeconds]++;
            }

            return seconds;
        }
    }

    /// <summary>The most connections in one second.</summary>
    internal int Peak => PerSecond.DefaultIfEmpty().Max();

    /// <summary>Until so many of a hundred had reached the broker.</summary>
    internal TimeSpan Until(int percent) => Arrivals.Order().ElementAt(Math.Min(Arrivals.Count - 1, Gateways * percent / 100));

    internal static async Task<FleetReturn> RunAsync(int gateways, double jitter, bool keepsTicketKeys, CancellationToken cancellationToken)
    {
        await using var rig = new FleetRig();
        await rig.AddAsync(gateways, jitter, cancellationToken);
        await Task.Delay(TimeSpan.FromMinutes(1), rig.Clock, cancellationToken); // every connection has lasted, and is a success
        var before = rig.HandshakeCounts;
        rig.KillBroker(keepsTicketKeys);
        await Task.Delay(Down, rig.Clock, cancellationToken);
        var (there, seen) = (rig.Clock.Elapsed, rig.Accepted.Count);
        rig.StartBroker();
        while (rig.Connected < gateways)
        {
            if (rig.Clock.Elapsed - there > Patience)
            {
                throw new TimeoutException($"{rig.Connected} of {gateways} gateways have come back.");
            }

            await Task.Delay(Glance, rig.Clock, cancellationToken);
        }

        var (full, resumed) = rig.HandshakeCounts;
        return new FleetReturn(
            gateways, jitter, [.. rig.Accepted.Skip(seen).Select(at => at - there)], rig.Clock.Elapsed - there, full - before.Full, resumed - before.Resumed);
    }
}
