using System.Security.Authentication;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Engines;

/// <summary>TLS 1.3, with every engine.</summary>
public sealed class Tls13Tests : TlsTest
{
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_newest_version_is_chosen_when_preferred(TlsEngine engine)
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256);
        await using var transport = await server.ConnectAsync();
        await using var connection = await ConnectAsync(transport, Newest(SharedAuthorities.P256, engine));

        Assert.Equal(SslProtocols.Tls13, connection.Info.Protocol);
        Assert.True(connection.Info.HasExtendedMasterSecret);
        Assert.Single(transport.Flushes);
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));

        // Finished has waited for the data.
        Assert.Equal(2, transport.Flushes.Count);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_client_certificate_is_accepted(TlsEngine engine)
    {
        foreach (var key in Enum.GetValues<TestKey>())
        {
            var authority = SharedAuthorities.Of(key);
            await using var server = await OpenSslServer.StartAsync(authority, "-tls1_3", "-Verify", "2", "-verify_return_error");
            var options = Newest(authority, engine) with { ClientCertificate = authority.ClientCertificate };
            await using var connection = await ConnectAsync(await server.ConnectAsync(), options);

            Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_missing_client_certificate_is_explained_at_the_first_read(TlsEngine engine)
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_3", "-Verify", "2", "-verify_return_error");
        await using var connection = await ConnectAsync(await server.ConnectAsync(), Newest(SharedAuthorities.P256, engine));
        var failure = await Assert.ThrowsAsync<TlsAlertException>(() => EchoAsync(connection, "hello\n"));

        Assert.Equal(TlsAlert.CertificateRequired, failure.Alert);
        Assert.Contains("ClientCertificate", failure.RemedyText, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_server_of_TLS_1_2_is_accepted_too(TlsEngine engine)
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_2");
        await using var connection = await ConnectAsync(await server.ConnectAsync(), Newest(SharedAuthorities.P256, engine));

        Assert.Equal(SslProtocols.Tls12, connection.Info.Protocol);
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
    }

    [Fact]
    public async Task A_server_of_TLS_1_3_alone_refuses_TLS_1_2_and_says_so()
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_3");
        var failure = await Assert.ThrowsAsync<TlsAlertException>(
            async () => await ConnectAsync(await server.ConnectAsync(), Options(SharedAuthorities.P256)));

        Assert.Equal(TlsAlert.ProtocolVersion, failure.Alert);
        Assert.Contains("TLS 1.3", failure.RemedyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pre_shared_key_works_with_TLS_1_3()
    {
        await using var server = await OpenSslServer.StartWithKeyAsync("gateway-1", "00112233445566778899aabbccddeeff", "-tls1_3");
        var options = new TlsClientOptions
        {
            ServerName = TestAuthority.ServerName,
            Preference = TlsPreference.NewestVersion,
            PreSharedKey = TlsPreSharedKey.FromHex("gateway-1", "00112233445566778899aabbccddeeff"),
        };
        await using var connection = await ConnectAsync(await server.ConnectAsync(), options);

        Assert.Equal(SslProtocols.Tls13, connection.Info.Protocol);
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
    }

    private static TlsClientOptions Newest(TestAuthority authority, TlsEngine engine) =>
        Options(authority, engine) with { Preference = TlsPreference.NewestVersion };
}
