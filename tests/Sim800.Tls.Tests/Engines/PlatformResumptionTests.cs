using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Engines;

/// <summary>Sessions that the platform keeps, and what of them travels.</summary>
public sealed class PlatformResumptionTests : TlsTest
{
    [Theory]
    [InlineData(TlsPreference.NewestVersion, "-tls1_3", "-num_tickets 0")]
    [InlineData(TlsPreference.NewestVersion, "-tls1_3", "-tls1_2 -no_ticket -no_cache")]
    [InlineData(TlsPreference.FewestBytes, "-tls1_2", "-tls1_2 -no_ticket -no_cache")]
    [InlineData(TlsPreference.FewestBytes, "-tls1_2 -no_ticket", "-tls1_2 -no_ticket -no_cache")]
    public async Task A_session_that_the_server_did_not_resume_is_not_offered_again(TlsPreference preference, string resuming, string forgetful)
    {
        // The platform keeps sessions by name; this one is no other test's.
        var authority = SharedAuthorities.P256;
        var options = Options(authority, TlsEngine.Platform) with
        {
            ServerName = $"{Guid.NewGuid():N}.example",
            DangerousAcceptAnyCertificate = true,
            Preference = preference,
        };
        long without;
        await using (var server = await OpenSslServer.StartAsync(authority, resuming.Split(' ')))
        {
            (without, _) = await HelloAsync(server, options);
            var (with, isResumed) = await HelloAsync(server, options);
            Assert.True(isResumed);
            Assert.InRange(with, without + 30, without + 300);
        }

        await using (var other = await OpenSslServer.StartAsync(authority, forgetful.Split(' ')))
        {
            var (stale, isStaleResumed) = await HelloAsync(other, options);
            Assert.InRange(stale, without + 30, without + 300);
            Assert.False(isStaleResumed);
            Assert.Equal((without, false), await HelloAsync(other, options));
            Assert.Equal((without, false), await HelloAsync(other, options));
        }

        await using var again = await OpenSslServer.StartAsync(authority, resuming.Split(' '));
        Assert.Equal((without, false), await HelloAsync(again, options));
        Assert.True((await HelloAsync(again, options)).IsResumed);
    }

    private static async Task<(long Length, bool IsResumed)> HelloAsync(OpenSslServer server, TlsClientOptions options)
    {
        await using var transport = await server.ConnectAsync();
        await using var connection = await ConnectAsync(transport, options);
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n")); // tickets of TLS 1.3 have come with the answer
        return (transport.Flushes[0], connection.Info.IsResumed);
    }
}
