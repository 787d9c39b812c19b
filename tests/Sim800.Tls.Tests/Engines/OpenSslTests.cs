using System.Net.Security;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Engines;

public sealed class OpenSslTests : TlsTest
{
    [Theory]
    [MemberData(nameof(EnginesAndKeys))]
    public async Task Data_goes_both_ways(TlsEngine engine, TestKey key)
    {
        var authority = SharedAuthorities.Of(key);
        await using var server = await OpenSslServer.StartAsync(authority, "-tls1_2");
        await using var connection = await ConnectAsync(await server.ConnectAsync(), Options(authority, engine));

        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
    }

    [Theory]
    [InlineData("ECDHE-ECDSA-AES128-GCM-SHA256", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [InlineData("ECDHE-ECDSA-AES256-GCM-SHA384", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384)]
    [InlineData("ECDHE-ECDSA-CHACHA20-POLY1305", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256)]
    public async Task Every_suite_works(string name, TlsCipherSuite suite)
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2", "-cipher", name);
        var options = Options(SharedAuthorities.P256) with { Preference = TlsPreference.NewestVersion };
        await using var connection = await ConnectAsync(await server.ConnectAsync(), options);

        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
        Assert.Equal(suite, connection.Info.CipherSuite);
    }

    [Theory]
    [InlineData(TestKey.P256, "-serverpref", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, 21)]
    [InlineData(TestKey.Rsa2048, "-serverpref", TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, 21)]
    [InlineData(TestKey.P256, "-no_ticket", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, 21)]
    public async Task The_shortest_records_are_agreed_on_whoever_chooses(TestKey key, string option, TlsCipherSuite suite, int overhead)
    {
        var authority = SharedAuthorities.Of(key);
        await using var server = await OpenSslServer.StartAsync(authority, "-tls1_2", option);
        await using var connection = await ConnectAsync(await server.ConnectAsync(), Options(authority));
        var before = connection.Info.BytesSent;
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));

        Assert.Equal(suite, connection.Info.CipherSuite);
        Assert.Equal(6 + overhead, connection.Info.BytesSent - before);
    }

    [Fact]
    public async Task A_server_of_AES_256_alone_is_told_with_what_reaches_it()
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384");
        var failure = await Assert.ThrowsAsync<TlsAlertException>(
            async () => await ConnectAsync(await server.ConnectAsync(), Options(SharedAuthorities.P256)));
        Assert.Contains("for AES-256 alone set TlsClientOptions.Preference to NewestVersion", failure.RemedyText, StringComparison.Ordinal);

        var options = Options(SharedAuthorities.P256) with { Preference = TlsPreference.NewestVersion };
        await using var connection = await ConnectAsync(await server.ConnectAsync(), options);
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
    }

    [Theory]
    [InlineData(TlsEngine.BouncyCastle, "-tls1_1", "TLS 1.1")]
    [InlineData(TlsEngine.BouncyCastle, "-tls1", "TLS 1.0")]
    [InlineData(TlsEngine.Platform, "-tls1_1", "TLS 1.1")]
    [InlineData(TlsEngine.Platform, "-tls1", "TLS 1.0")]
    public async Task A_server_with_nothing_newer_than_TLS_1_1_is_told_apart_from_a_missing_suite(TlsEngine engine, string option, string version)
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, option, "-cipher", "ALL:@SECLEVEL=0");
        foreach (var preference in Enum.GetValues<TlsPreference>())
        {
            var failure = await Assert.ThrowsAnyAsync<TlsException>(async () =>
                await ConnectAsync(await server.ConnectAsync(), Options(SharedAuthorities.P256, engine) with { Preference = preference }));
            Assert.True(failure.Message.Contains("TLS 1.2 or later", StringComparison.Ordinal), failure.Message);
            Assert.True(failure.Message.Contains(version, StringComparison.Ordinal) || failure.Alert == TlsAlert.ProtocolVersion, failure.Message);
            Assert.False(failure.IsTransient);
        }
    }

    [Fact]
    public async Task A_hello_of_TLS_1_3_carries_no_session_that_the_server_cannot_resume()
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256);
        var cache = new TlsInMemorySessionCache();
        var options = Options(SharedAuthorities.P256) with { SessionCache = cache };
        await using (await ConnectAsync(await server.ConnectAsync(), options))
        {
        }

        var newest = options with { Preference = TlsPreference.NewestVersion };
        var without = await HelloOfAsync(server, newest with { SessionCache = new TlsInMemorySessionCache() });
        Assert.Equal(196, without);
        Assert.Equal(without, await HelloOfAsync(server, newest));

        await using var again = await ConnectAsync(await server.ConnectAsync(), options);
        Assert.True(again.Info.IsResumed);
    }

    [Fact]
    public async Task A_server_without_TLS_1_3_resumes_beside_an_offer_of_it_until_it_has_it()
    {
        var newest = Options(SharedAuthorities.P256) with
        {
            Preference = TlsPreference.NewestVersion,
            SessionCache = new TlsInMemorySessionCache(),
        };
        await using (var old = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2"))
        {
            await using (await ConnectAsync(await old.ConnectAsync(), newest))
            {
            }

            await using var resumed = await ConnectAsync(await old.ConnectAsync(), newest);
            Assert.True(resumed.Info.IsResumed);
        }

        await using var updated = await OpenSslServer.StartAsync(SharedAuthorities.P256);
        var first = await HelloOfAsync(updated, newest);
        Assert.InRange(await HelloOfAsync(updated, newest), 1, first - 150);
    }

    [Theory]
    [InlineData(TlsPreference.FewestBytes, 135)]
    [InlineData(TlsPreference.NewestVersion, 196)]
    public async Task A_session_whose_server_has_lost_its_keys_is_offered_once_more_and_not_again(TlsPreference preference, int withoutSession)
    {
        var options = Options(SharedAuthorities.P256) with { Preference = preference, SessionCache = new TlsInMemorySessionCache() };
        await using (var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2"))
        {
            Assert.Equal(withoutSession, await HelloOfAsync(server, options));
        }

        await using var other = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2", "-no_ticket", "-no_cache");
        Assert.InRange(await HelloOfAsync(other, options), withoutSession + 200, withoutSession + 300);
        Assert.Equal(withoutSession, await HelloOfAsync(other, options));
    }

    [Fact]
    public async Task A_session_past_its_time_is_not_offered_whatever_a_cache_gives()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var options = Options(SharedAuthorities.P256) with { SessionCache = new CacheWithoutClock(), TimeProvider = clock };
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2");
        Assert.Equal(135, await HelloOfAsync(server, options));
        Assert.InRange(await HelloOfAsync(server, options), 300, 400);
        clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(135, await HelloOfAsync(server, options));
    }

    /// <summary>Gives what was stored, however old.</summary>
    private sealed class CacheWithoutClock : ITlsSessionCache
    {
        private TlsSession? _session;

        public TlsSession? Find(TlsSessionKey key, DateTimeOffset now) => _session;

        public void Store(TlsSessionKey key, TlsSession session) => _session = session;

        public void Remove(TlsSessionKey key) => _session = null;
    }

    private static async Task<long> HelloOfAsync(OpenSslServer server, TlsClientOptions options)
    {
        await using var transport = await server.ConnectAsync();
        await using var connection = await ConnectAsync(transport, options);
        return transport.Flushes[0];
    }

    [Fact]
    public async Task A_full_handshake_takes_two_writes_and_few_bytes()
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2");
        await using var transport = await server.ConnectAsync();
        await using var connection = await ConnectAsync(transport, Options(SharedAuthorities.P256));

        Assert.Equal(2, transport.Flushes.Count);
        Assert.Equal([131, 85], transport.Flushes);
    }

    [Fact]
    public async Task A_ticket_saves_a_round_trip_and_the_certificates()
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2");
        var options = Options(SharedAuthorities.P256) with { SessionCache = new TlsInMemorySessionCache() };
        await using (var first = await ConnectAsync(await server.ConnectAsync(), options))
        {
            Assert.False(first.Info.IsResumed);
            Assert.Equal("olleh\n", await EchoAsync(first, "hello\n"));
        }

        await using var transport = await server.ConnectAsync();
        await using var second = await ConnectAsync(transport, options);
        Assert.True(second.Info.IsResumed);
        Assert.Single(transport.Flushes);

        // The last flight has not left yet: it shares the flush of the first data.
        Assert.Equal("olleh\n", await EchoAsync(second, "hello\n"));
        Assert.Equal(2, transport.Flushes.Count);
        var withoutData = second.Info.BytesSent - (5 + 6 + 16);
        Assert.InRange(withoutData, 1, 400);
        Assert.InRange(second.Info.HandshakeBytesReceived, 1, 150);
    }

    [Fact]
    public async Task A_server_without_ticket_support_resumes_by_session_id()
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2", "-no_ticket");
        var options = Options(SharedAuthorities.P256) with { SessionCache = new TlsInMemorySessionCache() };
        await using (var first = await ConnectAsync(await server.ConnectAsync(), options))
        {
            Assert.Equal("olleh\n", await EchoAsync(first, "hello\n"));
        }

        await using var second = await ConnectAsync(await server.ConnectAsync(), options);
        Assert.True(second.Info.IsResumed);
        Assert.Equal("olleh\n", await EchoAsync(second, "hello\n"));
    }

    [Fact]
    public async Task A_ticket_the_server_no_longer_knows_leads_to_a_full_handshake()
    {
        var cache = new TlsInMemorySessionCache();
        var options = Options(SharedAuthorities.P256) with { SessionCache = cache };
        await using (var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2"))
        await using (var first = await ConnectAsync(await server.ConnectAsync(), options))
        {
            Assert.Equal("olleh\n", await EchoAsync(first, "hello\n"));
        }

        await using var another = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2");
        await using var second = await ConnectAsync(await another.ConnectAsync(), options);
        Assert.False(second.Info.IsResumed);
        Assert.Equal("olleh\n", await EchoAsync(second, "hello\n"));
    }

    [Theory]
    [MemberData(nameof(EnginesAndKeys))]
    public async Task A_client_certificate_is_accepted(TlsEngine engine, TestKey key)
    {
        var authority = SharedAuthorities.Of(key);
        await using var server = await OpenSslServer.StartAsync(authority, "-tls1_2", "-Verify", "2", "-verify_return_error");
        var options = Options(authority, engine) with { ClientCertificate = authority.ClientCertificate };
        await using var connection = await ConnectAsync(await server.ConnectAsync(), options);

        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_missing_client_certificate_is_explained(TlsEngine engine)
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2", "-Verify", "2", "-verify_return_error");
        var failure = await Assert.ThrowsAsync<TlsAlertException>(
            async () => await ConnectAsync(await server.ConnectAsync(), Options(SharedAuthorities.P256, engine)));

        Assert.Equal(TlsAlert.HandshakeFailure, failure.Alert);
        Assert.Equal(TlsAlertOrigin.Server, failure.AlertOrigin);
        Assert.Contains("client certificate", failure.RemedyText, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_application_protocol_is_agreed_on(TlsEngine engine)
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2", "-alpn", "mqtt");
        var options = Options(SharedAuthorities.P256, engine) with { ApplicationProtocols = ["x-amzn-mqtt-ca", "mqtt"] };
        await using var connection = await ConnectAsync(await server.ConnectAsync(), options);

        Assert.Equal("mqtt", connection.Info.ApplicationProtocol);
    }

    [Fact]
    public async Task Fragments_are_as_small_as_agreed()
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2");
        var options = Options(SharedAuthorities.P256) with { MaxFragmentLength = 512 };
        await using var connection = await ConnectAsync(await server.ConnectAsync(), options);

        Assert.Equal(512, connection.Info.MaxFragmentLength);
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
    }

    [Fact]
    public async Task The_key_log_names_the_master_secret()
    {
        var lines = new List<string>();
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2");
        await using var connection = await ConnectAsync(
            await server.ConnectAsync(), Options(SharedAuthorities.P256) with { KeyLog = lines.Add });

        Assert.Matches("^CLIENT_RANDOM [0-9A-F]{64} [0-9A-F]{96}$", Assert.Single(lines));
    }

    public static TheoryData<TlsEngine, TestKey> EnginesAndKeys()
    {
        var data = new TheoryData<TlsEngine, TestKey>();
        foreach (var key in Enum.GetValues<TestKey>())
        {
            data.Add(TlsEngine.BouncyCastle, key);
            data.Add(TlsEngine.Platform, key);
        }

        return data;
    }
}
