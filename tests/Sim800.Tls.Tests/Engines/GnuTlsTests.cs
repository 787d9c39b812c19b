using System.Globalization;
using Sim800.Tls.Tests.Peers;
using TestKit;

namespace Sim800.Tls.Tests.Engines;

/// <summary>gnutls-serv: a TLS that shares no code with the others.</summary>
public sealed class GnuTlsTests : TlsTest
{
    public static TheoryData<TlsEngine, TestKey> EnginesAndKeys() => OpenSslTests.EnginesAndKeys();

    [Theory]
    [MemberData(nameof(EnginesAndKeys))]
    public async Task Data_goes_both_ways(TlsEngine engine, TestKey key)
    {
        var authority = SharedAuthorities.Of(key);
        var (server, port) = await StartAsync(authority, "--disable-client-cert");
        await using var running = server;
        await using var connection = await ConnectAsync(await CountingTransport.ConnectAsync(port, Cancel), Options(authority, engine));

        Assert.Equal("hello\n", await EchoAsync(connection, "hello\n"));
    }

    [Fact]
    public async Task A_ticket_is_taken()
    {
        var (server, port) = await StartAsync(SharedAuthorities.P256, "--disable-client-cert");
        await using var running = server;
        var options = Options(SharedAuthorities.P256) with { SessionCache = new TlsInMemorySessionCache() };
        await using (var first = await ConnectAsync(await CountingTransport.ConnectAsync(port, Cancel), options))
        {
            Assert.Equal("hello\n", await EchoAsync(first, "hello\n"));
        }

        await using var second = await ConnectAsync(await CountingTransport.ConnectAsync(port, Cancel), options);
        Assert.True(second.Info.IsResumed);
        Assert.Equal("hello\n", await EchoAsync(second, "hello\n"));
    }

    [Theory]
    [MemberData(nameof(EnginesAndKeys))]
    public async Task A_client_certificate_is_accepted(TlsEngine engine, TestKey key)
    {
        var authority = SharedAuthorities.Of(key);
        var (server, port) = await StartAsync(authority, "--require-client-cert", "--verify-client-cert");
        await using var running = server;
        var options = Options(authority, engine) with { ClientCertificate = authority.ClientCertificate };
        await using var connection = await ConnectAsync(await CountingTransport.ConnectAsync(port, Cancel), options);

        Assert.Equal("hello\n", await EchoAsync(connection, "hello\n"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_name_the_server_does_not_know_is_explained(TlsEngine engine)
    {
        var (server, port) = await StartAsync(
            SharedAuthorities.P256, "--disable-client-cert", "--sni-hostname=other.example.org", "--sni-hostname-fatal");
        await using var running = server;
        var failure = await Assert.ThrowsAsync<TlsAlertException>(
            async () => await ConnectAsync(await CountingTransport.ConnectAsync(port, Cancel), Options(SharedAuthorities.P256, engine)));

        Assert.Equal(TlsAlert.UnrecognizedName, failure.Alert);
        Assert.Contains("ServerName", failure.RemedyText, StringComparison.Ordinal);
    }

    private static async Task<(PeerProcess Server, int Port)> StartAsync(TestAuthority authority, params string[] arguments)
    {
        var folder = PeerProcess.CreateFolder();
        var port = FreePort.Next();
        string[] all =
        [
            "--echo", "--crlf", "-p", port.ToString(CultureInfo.InvariantCulture), "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.2",
            "--x509certfile", PeerProcess.WriteFile(folder, "chain.pem", authority.ServerChainPem),
            "--x509keyfile", PeerProcess.WriteFile(folder, "server.key", authority.ServerKeyPem),
            "--x509cafile", PeerProcess.WriteFile(folder, "root.pem", authority.RootPem), .. arguments,
        ];
        return (await PeerProcess.StartAsync(Tool.PathOf("gnutls-serv"), all, folder, port), port);
    }
}
