using System.Security.Authentication;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests;

public sealed class TlsConnectionTests : TlsTest
{
    [Theory]
    [InlineData(TestKey.P256)]
    [InlineData(TestKey.P384)]
    [InlineData(TestKey.Rsa2048)]
    public async Task Data_goes_both_ways(TestKey key)
    {
        var authority = SharedAuthorities.Of(key);
        await using var server = SslStreamServer.Start(authority);
        await using var connection = await ConnectAsync(server.Transport, Options(authority));

        Assert.Equal("hello", await EchoAsync(connection, "hello"));
        Assert.Equal(SslProtocols.Tls12, connection.Info.Protocol);
        Assert.Equal(TestAuthority.ServerName, server.Stream.TargetHostName);
    }

    [Fact]
    public async Task A_full_handshake_takes_two_writes_of_the_client()
    {
        await using var server = SslStreamServer.Start(SharedAuthorities.P256);
        await using var connection = await ConnectAsync(server.Transport, Options(SharedAuthorities.P256));

        Assert.Equal(2, server.Transport.Flushes.Count);
        Assert.Equal(connection.Info.BytesSent, server.Transport.Flushes.Sum());
    }

    [Fact]
    public async Task A_server_of_another_authority_is_refused()
    {
        await using var server = SslStreamServer.Start(SharedAuthorities.P256);
        var failure = await Assert.ThrowsAsync<TlsCertificateException>(
            () => ConnectAsync(server.Transport, Options(SharedAuthorities.Of(TestKey.P384))));

        Assert.Equal(TlsAlert.UnknownCa, failure.Alert);
        Assert.Equal(TlsAlertOrigin.Local, failure.AlertOrigin);
    }

    [Fact]
    public async Task A_server_of_another_name_is_refused()
    {
        await using var server = SslStreamServer.Start(SharedAuthorities.P256);
        var failure = await Assert.ThrowsAsync<TlsCertificateException>(
            () => ConnectAsync(server.Transport, Options(SharedAuthorities.P256) with { ServerName = "other.example.org" }));

        Assert.Equal(TlsCertificateStatus.NameMismatch, failure.Status);
    }
}
