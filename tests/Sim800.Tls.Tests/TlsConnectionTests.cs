using System.Buffers;
using System.Security.Authentication;
using Sim800.Tls.Tests.Peers;
using TestKit;

namespace Sim800.Tls.Tests;

public sealed class TlsConnectionTests : TlsTest
{
    private static TestAuthority Authority => SharedAuthorities.P256;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Data_goes_both_ways(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        await using var connection = await ConnectAsync(server.Transport, Options(Authority, engine));

        Assert.Equal("hello", await EchoAsync(connection, "hello"));
        Assert.Equal(SslProtocols.Tls12, connection.Info.Protocol);
        Assert.Equal(TestAuthority.ServerName, server.Stream.TargetHostName);
        Assert.Equal(Authority.Server.RawData, connection.Info.ServerCertificates[0].ToArray());
        Assert.Equal(2, connection.Info.ServerCertificates.Count);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_full_handshake_takes_two_writes_of_the_client(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        await using var connection = await ConnectAsync(server.Transport, Options(Authority, engine));

        // The Platform engine may resume a session of an earlier test, which takes one less.
        var flights = connection.Info.IsResumed ? 1 : 2;
        Assert.Equal(flights, server.Transport.Flushes.Count);
        Assert.Equal(connection.Info.BytesSent, server.Transport.Flushes.Sum());
        Assert.Equal(flights, connection.Info.Flushes);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_server_of_another_authority_is_refused_before_it_gets_data(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        var failure = await Assert.ThrowsAsync<TlsCertificateException>(
            () => ConnectAsync(server.Transport, Options(SharedAuthorities.Of(TestKey.P384), engine)));

        Assert.Equal(TlsAlert.UnknownCa, failure.Alert);
        Assert.Equal(TlsAlertOrigin.Local, failure.AlertOrigin);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_server_of_another_name_is_refused(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        var failure = await Assert.ThrowsAsync<TlsCertificateException>(
            () => ConnectAsync(server.Transport, Options(Authority, engine) with { ServerName = "other.example.org" }));

        Assert.Equal(TlsCertificateStatus.NameMismatch, failure.Status);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Any_certificate_is_accepted_on_explicit_demand_only(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        var options = new TlsClientOptions
        {
            ServerName = "other.example.org",
            Engine = engine,
            DangerousAcceptAnyCertificate = true,
        };
        await using var connection = await ConnectAsync(server.Transport, options);

        Assert.Equal("hello", await EchoAsync(connection, "hello"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_servers_farewell_ends_the_input_and_forbids_sending(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        await using var connection = await ConnectAsync(server.Transport, Options(Authority, engine));
        Assert.Equal("hello", await EchoAsync(connection, "hello"));

        await server.ShutdownAsync();
        var result = await connection.Input.ReadAsync(Cancel);
        Assert.True(result.IsCompleted);
        Assert.True(result.Buffer.IsEmpty);
        connection.Input.AdvanceTo(result.Buffer.End);

        var failure = await Assert.ThrowsAsync<TlsClosedException>(() => SendAsync(connection, "more"));
        Assert.Equal(TlsCloseReason.ByServer, failure.Reason);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_end_without_farewell_is_a_truncation(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        await using var connection = await ConnectAsync(server.Transport, Options(Authority, engine));
        Assert.Equal("hello", await EchoAsync(connection, "hello"));

        await server.CutAsync();
        var failure = await Assert.ThrowsAsync<TlsClosedException>(async () => await connection.Input.ReadAsync(Cancel));
        Assert.Equal(TlsCloseReason.Truncated, failure.Reason);

        var later = await Assert.ThrowsAsync<TlsClosedException>(() => SendAsync(connection, "more"));
        Assert.Equal(TlsCloseReason.Truncated, later.Reason);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Disposal_says_farewell_and_disposes_the_transport(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        var connection = await ConnectAsync(server.Transport, Options(Authority, engine));
        await connection.DisposeAsync();
        await connection.DisposeAsync();

        Assert.True(server.Transport.IsDisposed);
        Assert.True(await server.SawFarewellAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(connection, "more"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_large_flush_makes_the_fewest_and_largest_records_and_one_transport_flush(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        await using var connection = await ConnectAsync(server.Transport, Options(Authority, engine));
        Assert.Equal("hello", await EchoAsync(connection, "hello"));
        var before = connection.Info.BytesSent;
        var flushes = connection.Info.Flushes;
        var data = new byte[100_000];
        Random.Shared.NextBytes(data);

        var receiving = ReceiveAsync(connection, data.Length);
        connection.Output.Write(data);
        await connection.Output.FlushAsync(Cancel);

        Assert.Equal(data, await receiving);
        Assert.Equal(flushes + 1, connection.Info.Flushes);

        // SslStream makes its first records smaller than it might.
        var records = ((data.Length + 16383) / 16384) + (engine == TlsEngine.Platform ? 2 : 0);
        Assert.InRange(connection.Info.BytesSent - before - data.Length, records * 21, records * 29);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_silent_server_is_given_up_in_time(TlsEngine engine)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var line = new DuplexPipePair();
        var connecting = ConnectAsync(line.Left, Options(Authority, engine) with { TimeProvider = clock });
        var hello = await line.Right.Input.ReadAsync(Cancel);
        Assert.False(hello.Buffer.IsEmpty);

        clock.Advance(TimeSpan.FromSeconds(60));
        var failure = await Assert.ThrowsAsync<TlsTimeoutException>(() => connecting);
        Assert.Equal(0, failure.BytesReceived);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_callers_token_ends_the_wait_as_a_cancellation(TlsEngine engine)
    {
        using var source = new CancellationTokenSource();
        var line = new DuplexPipePair();
        var connecting = TlsConnection.ConnectAsync(line.Left, Options(Authority, engine), source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_server_that_hangs_up_during_the_handshake_is_told_apart(TlsEngine engine)
    {
        var line = new DuplexPipePair();
        await line.Right.Output.CompleteAsync();

        var failure = await Assert.ThrowsAsync<TlsClosedException>(() => ConnectAsync(line.Left, Options(Authority, engine)));
        Assert.Equal(TlsCloseReason.DuringHandshake, failure.Reason);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_reason_of_the_transport_comes_through(TlsEngine engine)
    {
        var line = new DuplexPipePair();
        var reason = new IOException("The modem was switched off.");
        await line.Right.Output.CompleteAsync(reason);

        Assert.Same(reason, await Assert.ThrowsAsync<IOException>(() => ConnectAsync(line.Left, Options(Authority, engine))));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_read_can_be_cancelled_and_repeated(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        await using var connection = await ConnectAsync(server.Transport, Options(Authority, engine));
        var reading = connection.Input.ReadAsync(Cancel);
        connection.Input.CancelPendingRead();
        var cancelled = await reading;
        Assert.True(cancelled.IsCanceled);
        connection.Input.AdvanceTo(cancelled.Buffer.Start);

        Assert.Equal("hello", await EchoAsync(connection, "hello"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_stream_does_the_same(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        await using var connection = await ConnectAsync(server.Transport, Options(Authority, engine));
        var stream = connection.AsStream();
        await stream.WriteAsync("hello"u8.ToArray(), Cancel);
        var answer = new byte[5];
        await stream.ReadExactlyAsync(answer, Cancel);

        Assert.Equal("hello"u8.ToArray(), answer);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Who_disposes_its_stream_says_farewell(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(Authority);
        var connection = await ConnectAsync(server.Transport, Options(Authority, engine));
        await connection.AsStream(leaveOpen: true).DisposeAsync();
        Assert.Equal("hello", await EchoAsync(connection, "hello"));

        await connection.AsStream().DisposeAsync();
        Assert.True(server.Transport.IsDisposed);
        Assert.True(await server.SawFarewellAsync());
    }

    [Fact]
    public async Task Options_that_the_engine_has_not_are_misuse()
    {
        var platform = Options(Authority, TlsEngine.Platform);
        (string Option, TlsClientOptions Options)[] misuses =
        [
            (nameof(TlsClientOptions.MaxFragmentLength), platform with { MaxFragmentLength = 512 }),
            (nameof(TlsClientOptions.PreSharedKey), platform with { PreSharedKey = new TlsPreSharedKey("gateway-1", new byte[16]) }),
            (nameof(TlsClientOptions.SessionCache), platform with { SessionCache = new TlsInMemorySessionCache() }),
            (nameof(TlsClientOptions.KeyLog), platform with { KeyLog = _ => { } }),
        ];
        foreach (var (option, options) in misuses)
        {
            var misuse = await Assert.ThrowsAsync<ArgumentException>(() => ConnectAsync(new DuplexPipePair().Left, options));
            Assert.Equal(option, misuse.ParamName);
            Assert.Contains("needs the BouncyCastle engine", misuse.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<ArgumentException>(
            () => ConnectAsync(new DuplexPipePair().Left, Options(Authority) with { MaxFragmentLength = 700 }));
    }
}
