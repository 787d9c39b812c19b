namespace Sim800.Modem.Tests.Network;

public sealed class ModemSignalHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly ModemSignalHistory _history = new();

    [Fact]
    public void It_starts_empty()
    {
        Assert.Empty(_history.Samples);
        Assert.Null(_history.MedianDbm);
    }

    [Fact]
    public void It_keeps_the_latest_samples_oldest_first()
    {
        for (var i = 0; i < ModemSignalHistory.Capacity + 5; i++)
        {
            _history.Add(new ModemSignalSample(Noon.AddMinutes(i), new ModemSignalQuality(i % 32, 0)));
        }

        Assert.Equal(ModemSignalHistory.Capacity, _history.Samples.Count);
        Assert.Equal(Noon.AddMinutes(5), _history.Samples[0].At);
        Assert.Equal(Noon.AddMinutes(ModemSignalHistory.Capacity + 4), _history.Samples[^1].At);
    }

    [Fact]
    public void Its_median_ignores_outliers_and_unknown_values()
    {
        foreach (var rssi in (int[])[20, 99, 0, 21, 99, 20])
        {
            _history.Add(new ModemSignalSample(Noon, new ModemSignalQuality(rssi, 99)));
        }

        Assert.Equal(-73, _history.MedianDbm);
    }
}
