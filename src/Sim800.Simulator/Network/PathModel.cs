namespace Sim800.Simulator.Network;

/// <summary>
/// The way between modem and server: half a round trip each way with jitter, and a bit rate each way. Pure. Nothing
/// overtakes anything in its direction, as in TCP.
/// </summary>
internal sealed class PathModel(VirtualModemOptions options, Random random)
{
    private TimeSpan _upFree;
    private TimeSpan _downFree;
    private TimeSpan _lastUp;
    private TimeSpan _lastDown;

    /// <summary>When <paramref name="bytes"/> sent now reach the server.</summary>
    internal TimeSpan Up(TimeSpan now, int bytes) => Travel(now, bytes, options.UplinkKbps, ref _upFree, ref _lastUp);

    /// <summary>When <paramref name="bytes"/> sent by the server now reach the modem.</summary>
    internal TimeSpan Down(TimeSpan now, int bytes) => Travel(now, bytes, options.DownlinkKbps, ref _downFree, ref _lastDown);

    private TimeSpan Travel(TimeSpan now, int bytes, int? kbps, ref TimeSpan free, ref TimeSpan last)
    {
        var start = free > now ? free : now;
        free = kbps is { } rate ? start + TimeSpan.FromTicks(bytes * 8L * TimeSpan.TicksPerMillisecond / rate) : start;
        var arrival = free + OneWay();
        last = arrival > last ? arrival : last;
        return last;
    }

    private TimeSpan OneWay()
    {
        var jitter = options.RoundTripJitter.Ticks / 2;
        var extra = jitter == 0 ? 0 : (long)(((2 * random.NextDouble()) - 1) * jitter);
        return TimeSpan.FromTicks(Math.Max(0, (options.RoundTripTime.Ticks / 2) + extra));
    }
}
