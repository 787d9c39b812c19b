namespace Sim800.Tls.Tests.Interop.Haproxy;

/// <summary>A cluster that tells its brokers apart by SNI alone: without it, or with another name, nobody is at home.</summary>
[Trait("Category", "Interop")]
public sealed class HaproxySniTests : TlsTest
{
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Each_name_reaches_its_own_broker_when_TLS_is_passed_on(TlsEngine engine)
    {
        await using var cluster = await HaproxyCluster.StartPassingAsync();
        Assert.Equal(MqttGreeting.Accepted, await VisitAsync(cluster, Options(HaproxyCluster.OpenTenant, engine)));
        Assert.Equal(MqttGreeting.NotAuthorized, await VisitAsync(cluster, Options(HaproxyCluster.ClosedTenant, engine)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Each_name_reaches_its_own_broker_when_the_proxy_ends_TLS(TlsEngine engine)
    {
        await using var cluster = await HaproxyCluster.StartEndingAsync();
        Assert.Equal(MqttGreeting.Accepted, await VisitAsync(cluster, Options(HaproxyCluster.OpenTenant, engine)));
        Assert.Equal(MqttGreeting.NotAuthorized, await VisitAsync(cluster, Options(HaproxyCluster.ClosedTenant, engine)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_proxy_of_TLS_1_2_alone_is_reached_too(TlsEngine engine)
    {
        await using var cluster = await HaproxyCluster.StartEndingAsync("ssl-max-ver TLSv1.2");
        Assert.Equal(MqttGreeting.Accepted, await VisitAsync(cluster, Options(HaproxyCluster.OpenTenant, engine)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_name_nobody_has_ends_in_a_typed_failure_when_TLS_is_passed_on(TlsEngine engine)
    {
        await using var cluster = await HaproxyCluster.StartPassingAsync();
        var failure = await RefusedAsync(cluster, Options("nobody.cluster.example.org", engine));
        var closed = Assert.IsType<TlsClosedException>(failure);
        Assert.NotEmpty(closed.RemedyText);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_name_nobody_has_is_answered_with_an_alert_when_the_proxy_ends_TLS(TlsEngine engine)
    {
        await using var cluster = await HaproxyCluster.StartEndingAsync();
        var failure = await RefusedAsync(cluster, Options("nobody.cluster.example.org", engine));
        Assert.IsType<TlsAlertException>(failure);
        Assert.True(failure.Alert is TlsAlert.UnrecognizedName or TlsAlert.HandshakeFailure, $"{failure.Alert}");
        Assert.Equal(TlsAlertOrigin.Server, failure.AlertOrigin);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_address_is_no_name_and_reaches_nobody(TlsEngine engine)
    {
        await using var cluster = await HaproxyCluster.StartPassingAsync();
        Assert.IsType<TlsClosedException>(await RefusedAsync(cluster, Options("127.0.0.1", engine)));
    }

    [Fact]
    public async Task A_session_of_one_name_is_not_offered_to_another_on_the_same_address()
    {
        await using var cluster = await HaproxyCluster.StartEndingAsync("ssl-max-ver TLSv1.2");
        using var folder = new SessionsOnDisk();
        var options = Options(HaproxyCluster.OpenTenant, TlsEngine.BouncyCastle) with { SessionCache = folder.Open(), Port = cluster.Port };
        Assert.False(await IsResumedAsync(cluster, options));
        Assert.False(await IsResumedAsync(cluster, options with { ServerName = HaproxyCluster.ClosedTenant }));
        Assert.True(await IsResumedAsync(cluster, options with { SessionCache = folder.Open() }));
        Assert.True(await IsResumedAsync(cluster, options with { ServerName = HaproxyCluster.ClosedTenant, SessionCache = folder.Open() }));
        Assert.Equal(2, folder.Files.Count);
    }

    private static TlsClientOptions Options(string name, TlsEngine engine) =>
        new() { ServerName = name, Trust = BrokerPki.Trust, Engine = engine };

    private static async Task<byte> VisitAsync(HaproxyCluster cluster, TlsClientOptions options)
    {
        await using var transport = await cluster.ConnectAsync();
        await using var connection = await ConnectAsync(transport, options);
        return await MqttGreeting.GreetAsync(connection, Cancel);
    }

    private static async Task<bool> IsResumedAsync(HaproxyCluster cluster, TlsClientOptions options)
    {
        await using var transport = await cluster.ConnectAsync();
        await using var connection = await ConnectAsync(transport, options);
        await MqttGreeting.GreetAsync(connection, Cancel);
        return connection.Info.IsResumed;
    }

    private static async Task<TlsException> RefusedAsync(HaproxyCluster cluster, TlsClientOptions options)
    {
        await using var transport = await cluster.ConnectAsync();
        return await Assert.ThrowsAnyAsync<TlsException>(() => ConnectAsync(transport, options));
    }
}
