using Sim800.Benchmarks.Layers;

namespace Sim800.Benchmarks.Tests;

/// <summary>
/// What a message costs the collector once everything is warm, through MQTT alone, with TLS, and with the modem's link below it. All
/// threads are counted, and the peer allocates nothing. A byte or two is what the waiting for a whole burst costs.
/// </summary>
[Collection("Alone")]
public sealed class LayerAllocationTests(ITestOutputHelper output)
{
    private const double Nothing = 3;

    /// <summary>Each thread of the pool has buffers of its own to warm. What allocates by itself does so in every series.</summary>
    private const int MaxSeries = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(StackDepth.Mqtt)]
    [InlineData(StackDepth.Tls)]
    [InlineData(StackDepth.Modem)]
    public async Task Publishing_with_QoS_0_allocates_nothing(StackDepth stack) =>
        Assert.InRange(await LeastBytesAsync(Nothing, () => LayerCost.PublishAtMostOnceAsync(stack, Cancel)), 0, Nothing);

    [Theory(Timeout = 120_000)]
    [InlineData(StackDepth.Mqtt)]
    [InlineData(StackDepth.Tls)]
    [InlineData(StackDepth.Modem)]
    public async Task Publishing_with_QoS_1_allocates_64_bytes_at_most(StackDepth stack) =>
        Assert.InRange(await LeastBytesAsync(64, () => LayerCost.PublishAtLeastOnceAsync(stack, Cancel)), 0, 64);

    [Theory(Timeout = 120_000)]
    [InlineData(StackDepth.Mqtt)]
    [InlineData(StackDepth.Tls)]
    [InlineData(StackDepth.Modem)]
    public async Task Receiving_allocates_the_message_and_its_payload_alone(StackDepth stack)
    {
        var message = LayerCost.SizeOfMessage();
        var enough = message + Nothing;
        Assert.InRange(await LeastBytesAsync(enough, () => LayerCost.ReceiveAsync(stack, Cancel)), message, enough);
    }

    private async Task<double> LeastBytesAsync(double enough, Func<Task<LayerFigure>> measure)
    {
        var least = double.MaxValue;
        for (var series = 0; series < MaxSeries && least > enough; series++)
        {
            var figure = await measure();
            output.WriteLine($"{figure.Stack}, {figure.What}: {figure.BytesPerMessage:0.0} bytes a message");
            least = Math.Min(least, figure.BytesPerMessage);
        }

        return least;
    }
}
