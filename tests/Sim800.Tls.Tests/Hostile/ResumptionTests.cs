using System.Buffers;
using System.Security.Cryptography;
using Sim800.Tls.Engines;
using Sim800.Tls.Tests.Peers;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>Abbreviated handshakes that no server at hand makes.</summary>
public sealed class ResumptionTests : TlsTest
{
    private readonly byte[] _masterSecret = RandomNumberGenerator.GetBytes(48);

    [Fact]
    public void A_ticket_that_is_taken_and_not_renewed_stays_as_it_is()
    {
        using var engine = Start(out var hello);
        using var server = new ResumingTls12Server(_masterSecret);
        Offer(engine, server.Answer(hello));

        Assert.Equal(TlsEngineState.Open, engine.State);
        Assert.True(engine.Negotiated.IsResumed);
        Assert.Single(engine.Negotiated.ServerCertificates);
        Assert.Null(engine.ExportSession());
    }

    [Fact]
    public void A_ticket_that_is_renewed_takes_the_place_of_the_old_one()
    {
        using var engine = Start(out var hello);
        using var server = new ResumingTls12Server(_masterSecret);
        Offer(engine, server.Answer(hello, [7, 7, 7]));

        Assert.Equal(TlsEngineState.Open, engine.State);
        var session = engine.ExportSession()!;
        Assert.Equal([7, 7, 7], session.Ticket);
        Assert.Equal(_masterSecret, session.MasterSecret);
        Assert.Equal(TimeSpan.FromHours(1), session.Lifetime);
        Assert.Single(session.ServerCertificates);
    }

    [Fact]
    public void A_ticket_that_is_renewed_twice_is_refused()
    {
        using var engine = Start(out var hello);
        using var server = new ResumingTls12Server(_masterSecret);
        var failure = Assert.Throws<TlsProtocolException>(() => Offer(engine, server.Answer(hello, [7], [8])));

        Assert.Equal(TlsViolation.UnexpectedMessage, failure.Violation);
    }

    [Fact]
    public void A_server_that_does_not_know_the_master_secret_is_refused()
    {
        using var engine = Start(out var hello);
        using var server = new ResumingTls12Server(new byte[48]);
        var failure = Assert.Throws<TlsProtocolException>(() => Offer(engine, server.Answer(hello)));

        Assert.Equal(TlsViolation.BadRecordMac, failure.Violation);
    }

    [Fact]
    public async Task A_session_does_not_outlive_a_failure()
    {
        var cache = new TlsInMemorySessionCache();
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2");
        var options = Options(SharedAuthorities.P256) with { SessionCache = cache };
        await using (var first = await ConnectAsync(await server.ConnectAsync(), options))
        {
            await EchoAsync(first, "hello\n");
        }

        var session = cache.Find(options.SessionKey!, DateTimeOffset.UtcNow)!;
        session.MasterSecret[0] ^= 1;
        await Assert.ThrowsAnyAsync<TlsException>(async () => await ConnectAsync(await server.ConnectAsync(), options));
        Assert.Null(cache.Find(options.SessionKey!, DateTimeOffset.UtcNow));

        await using var again = await ConnectAsync(await server.ConnectAsync(), options);
        Assert.False(again.Info.IsResumed);
        Assert.Equal("olleh\n", await EchoAsync(again, "hello\n"));
    }

    [Fact]
    public async Task A_read_that_has_to_wait_releases_the_last_flight()
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2");
        var options = Options(SharedAuthorities.P256) with { SessionCache = new TlsInMemorySessionCache() };
        await using (var first = await ConnectAsync(await server.ConnectAsync(), options))
        {
            await EchoAsync(first, "hello\n");
        }

        await using var transport = await server.ConnectAsync();
        await using var second = await ConnectAsync(transport, options);
        Assert.Single(transport.Flushes);
        var reading = second.Input.ReadAsync(Cancel);
        Assert.Equal(2, transport.Flushes.Count);

        await SendAsync(second, "hello\n");
        Assert.Equal("olleh\n"u8.ToArray(), (await reading).Buffer.ToArray());
    }

    private static void Offer(ITlsEngine engine, byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        engine.OfferInput(ref input, new ArrayBufferWriter<byte>());
    }

    private ITlsEngine Start(out byte[] hello)
    {
        var options = Options(SharedAuthorities.P256) with { SessionCache = new TlsInMemorySessionCache() };
        var session = new TlsSession
        {
            Version = 0x0303,
            CipherSuite = 0xC02B,
            ExtendedMasterSecret = true,
            MasterSecret = _masterSecret,
            Ticket = [1, 2, 3],
            ServerCertificates = [SharedAuthorities.P256.Server.RawData],
            CreatedAt = DateTimeOffset.UtcNow,
            Lifetime = TimeSpan.FromHours(1),
        };
        var engine = EngineFactory.Create(options, session, DateTimeOffset.UtcNow);
        engine.Start();
        var output = new ArrayBufferWriter<byte>();
        engine.ReadOutput(output);
        hello = output.WrittenSpan.ToArray();
        return engine;
    }
}
