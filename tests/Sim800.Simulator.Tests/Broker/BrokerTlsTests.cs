using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Simulator.Tests.Broker;

public sealed class BrokerTlsTests
{
    private static readonly LoopbackBrokerOptions Demanding = new() { Tls = true, RequireSni = true, ServerNames = ["broker.example"] };

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_client_that_trusts_the_authority_and_names_the_server_is_served(SslProtocols version)
    {
        await using var broker = LoopbackBroker.Start(Demanding with { TlsVersions = version });
        await using var tls = await HandshakeAsync(broker, "broker.example");
        Assert.Equal(version, tls.SslProtocol);
        await tls.WriteAsync(Convert.FromHexString(RawClient.Connect("c", true, 0, null)), TestContext.Current.CancellationToken);
        var answer = new byte[4];
        await tls.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal("20020000", Convert.ToHexString(answer));
        await tls.WriteAsync(Convert.FromHexString("E000"), TestContext.Current.CancellationToken);
        Assert.Equal(0, await tls.ReadAsync(answer, TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("localhost")]
    [InlineData("")]
    public async Task Without_the_right_server_name_the_handshake_ends_with_unrecognized_name(string name)
    {
        await using var broker = LoopbackBroker.Start(Demanding);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => HandshakeAsync(broker, name));
        Assert.True(thrown is AuthenticationException or IOException, thrown.ToString());
        Assert.Contains("unrecognized name", thrown.ToString(), StringComparison.OrdinalIgnoreCase);
        while (broker.Counters.TlsRefused == 0)
        {
            // The client hears the alert before the broker has counted it.
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal((1L, 0), (broker.Counters.TlsRefused, broker.Counters.OpenConnections));
    }

    [Fact]
    public async Task A_client_without_tls_is_refused_and_the_next_one_served()
    {
        await using var broker = LoopbackBroker.Start(Demanding);
        using var plain = new TcpClient();
        await plain.ConnectAsync("127.0.0.1", broker.Port, TestContext.Current.CancellationToken);
        await plain.GetStream().WriteAsync(Convert.FromHexString(RawClient.Connect("c", true, 0, null)), TestContext.Current.CancellationToken);
        await using var tls = await HandshakeAsync(broker, "broker.example");
        Assert.True(tls.IsAuthenticated);
    }

    [Fact]
    public async Task Tls_is_spoken_over_a_pipe_too()
    {
        await using var broker = LoopbackBroker.Start(Demanding with { Listen = false });
        var pair = new TestKit.DuplexPipePair();
        var served = broker.ServeAsync(pair.Right, TestContext.Current.CancellationToken);
        await using (var tls = new SslStream(new Simulator.Broker.DuplexPipeStream(pair.Left)))
        {
            await tls.AuthenticateAsClientAsync(Trusting(broker, "broker.example"), TestContext.Current.CancellationToken);
            await tls.WriteAsync(Convert.FromHexString(RawClient.Connect("c", true, 0, null)), TestContext.Current.CancellationToken);
            var answer = new byte[4];
            await tls.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
            Assert.Equal("20020000", Convert.ToHexString(answer));
        }

        await served;
        Assert.Equal(0, broker.Counters.OpenConnections);
    }

    [Fact]
    public async Task Without_tls_there_is_no_authority()
    {
        await using var broker = LoopbackBroker.Start();
        Assert.Throws<InvalidOperationException>(() => broker.CertificateAuthorityPem);
    }

    private static async Task<SslStream> HandshakeAsync(LoopbackBroker broker, string name)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", broker.Port, TestContext.Current.CancellationToken);
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(Trusting(broker, name), TestContext.Current.CancellationToken);
        return tls;
    }

    private static SslClientAuthenticationOptions Trusting(LoopbackBroker broker, string name) => new()
    {
        TargetHost = name,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509Certificate2.CreateFromPem(broker.CertificateAuthorityPem) },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
