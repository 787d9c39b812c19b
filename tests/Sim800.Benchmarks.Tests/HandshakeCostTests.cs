using Sim800.Benchmarks.Handshake;

namespace Sim800.Benchmarks.Tests;

/// <summary>What a connection over TLS costs the collector: to make it, and to keep it. The client works on one thread, which alone is counted.</summary>
[Collection("Alone")]
public sealed class HandshakeCostTests(ITestOutputHelper output)
{
    private const int Rounds = 40;

    [Theory]
    [InlineData("Platform engine")]
    [InlineData("BouncyCastle engine")]
    public void A_resumed_handshake_allocates_60_KB_at_most(string client)
    {
        using var cost = new HandshakeCost(HandshakeKind.Tls12Resumed);
        var measured = cost.Clients.Single(one => one.Name.Equals(client, StringComparison.Ordinal));
        var figure = cost.Measure(measured, warming: Rounds, rounds: Rounds);
        output.WriteLine($"{figure}");

        Assert.InRange(figure.Received, 1, 500); // no certificates came: it was resumed
        Assert.InRange(figure.Allocated, 1, 60 * 1024);
    }

    [Theory]
    [InlineData("Platform engine")]
    [InlineData("BouncyCastle engine")]
    public void An_idle_client_holds_40_KB_at_most(string client)
    {
        foreach (var kind in new[] { HandshakeKind.Tls12, HandshakeKind.Tls13 })
        {
            using var cost = new HandshakeCost(kind);
            var held = cost.MeasureHeld(cost.Clients.Single(one => one.Name.Equals(client, StringComparison.Ordinal)));
            output.WriteLine($"{kind}: {held} bytes");
            Assert.InRange(held, 1, 40 * 1024);
        }
    }
}
