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

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(StackDepth.Mqtt)]
    [InlineData(StackDepth.Tls)]
    [InlineData(StackDepth.Modem)]
    public async Task Publishing_with_QoS_0_allocates_nothing(StackDepth stack) =>
        Assert.InRange(Bytes(await LayerCost.PublishAtMostOnceAsync(stack, Cancel)), 0, Nothing);

    [Theory(Timeout = 120_000)]
    [InlineData(StackDepth.Mqtt)]
    [InlineData(StackDepth.Tls)]
    [InlineData(StackDepth.Modem)]
    public async Task Publishing_with_QoS_1_allocates_256_bytes_at_most(StackDepth stack) =>
        Assert.InRange(Bytes(await LayerCost.PublishAtLeastOnceAsync(stack, Cancel)), 0, 256);

    [Theory(Timeout = 120_000)]
    [InlineData(StackDepth.Mqtt)]
    [InlineData(StackDepth.Tls)]
    [InlineData(StackDepth.Modem)]
    public async Task Receiving_allocates_the_message_and_its_payload_alone(StackDepth stack)
    {
        var message = LayerCost.SizeOfMessage();
        Assert.InRange(Bytes(await LayerCost.ReceiveAsync(stack, Cancel)), message, message + Nothing);
    }

    private double Bytes(LayerFigure figure)
    {
        output.WriteLine($"{figure.Stack}, {figure.What}: {figure.BytesPerMessage:0.0} bytes a message");
        return figure.BytesPerMessage;
    }
}
