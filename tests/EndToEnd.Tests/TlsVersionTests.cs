using System.Globalization;
using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests;

/// <summary><c>--tls-version</c> with each engine and each way to prove oneself: never another version or engine than was asked for.</summary>
[Trait("Category", "Interop")]
public sealed class TlsVersionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-versions-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [Models("tlsv1.2", "bouncycastle", "Tls12")]
    [Models("tlsv1.2", "platform", "Tls12")]
    [Models("tlsv1.3", "bouncycastle", "Tls13")]
    [Models("tlsv1.3", "platform", "Tls13", And = VirtualModemModel.Sim7600E)]
    [Models("tlsv1.3", null, "Tls13")]
    public async Task The_version_is_to_be_had_with_either_engine_and_with_a_client_certificate(VirtualModemModel model, string version, string? engine, string agreed)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var (certificate, key) = broker.Authority.IssueClient("gateway-7");
        string[] options = ["--tls-version", version, .. engine is null ? Array.Empty<string>() : ["--tls-engine", engine]];
        await PublishAsync(model, broker.Map, agreed, [.. broker.Arguments, .. options]);
        await PublishAsync(model, broker.CertifiedMap, agreed, [.. broker.Arguments, .. options, "--cert", certificate, "--key", key]);
    }

    [Theory]
    [Models("tlsv1.2", "Tls12")]
    [Models("tlsv1.3", "Tls13")]
    public async Task A_pre_shared_key_works_in_either_version(VirtualModemModel model, string version, string agreed)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await PublishAsync(model, broker.KeyMap, agreed, [.. KeyArguments, "--tls-version", version]);
    }

    [Theory]
    [Models("certificate")]
    [Models("key")]
    public async Task A_capture_of_TLS_1_3_is_decrypted_whatever_the_proof(VirtualModemModel model, string proof)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var (certificate, key) = broker.Authority.IssueClient("gateway-7");
        var file = Path.Combine(_folder.FullName, "session.pcapng");
        var arguments = proof is "key" ? KeyArguments : [.. broker.Arguments, "--cert", certificate, "--key", key];
        await PublishAsync(model, proof is "key" ? broker.KeyMap : broker.CertifiedMap, "Tls13", [.. arguments, "--tls-version", "tlsv1.3", "--capture", file]);

        await using var dissector = ProgramRun.Start(
            Tool.PathOf("tshark"), "-r", file, "-d", "tcp.port==8883,tls", "-d", "tls.port==8883,mqtt", "-Y", "mqtt.msgtype == 3", "-T", "fields", "-e", "mqtt.topic");
        Assert.Equal(0, await dissector.ExitCodeAsync());
        Assert.Equal("a/b\n", dissector.Output);
    }

    [Theory]
    [Models("bouncycastle", "-tls1_1")]
    [Models("bouncycastle", "-tls1")]
    [Models("platform", "-tls1_1")]
    [Models("platform", "-tls1")]
    public async Task A_server_with_nothing_newer_than_TLS_1_1_is_told_apart_from_one_without_a_common_suite(VirtualModemModel model, string engine, string version)
    {
        var old = await RefusalAsync(model, engine, version, "-cipher", "ALL:@SECLEVEL=0");
        Assert.Contains("TLS 1.2 or later", old, StringComparison.Ordinal);
        Assert.DoesNotContain("AES-128-GCM", old, StringComparison.Ordinal);
        Assert.DoesNotContain("--cert", old, StringComparison.Ordinal);

        var withoutSuite = await RefusalAsync(model, engine, "-tls1_2", "-cipher", "AES256-SHA256");
        Assert.Contains("AES-128-GCM", withoutSuite, StringComparison.Ordinal);
        Assert.DoesNotContain("TLS 1.2 or later", withoutSuite, StringComparison.Ordinal);
    }

    private static string[] KeyArguments =>
        ["-h", MosquittoBroker.Host, "-p", "8883", "--tls", "-u", MosquittoBroker.User, "-P", MosquittoBroker.Password,
            "--psk", MosquittoBroker.Key, "--psk-identity", MosquittoBroker.KeyIdentity];

    private static async Task PublishAsync(VirtualModemModel model, string map, string agreed, string[] arguments)
    {
        await using var modem = TestModem.Start(map, model);
        await using var pub = ProgramRun.StartOurs(
            "sim800", ["pub", "--device", modem.DevicePath, .. arguments, "-t", "a/b", "-m", "hello", "-q", "1"]);
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.Contains(agreed, pub.Error, StringComparison.Ordinal);
    }

    /// <summary>What the tool says of a server that does not get as far as MQTT.</summary>
    private async Task<string> RefusalAsync(VirtualModemModel model, string engine, params string[] options)
    {
        var authority = new TestAuthority(_folder.FullName);
        var (certificate, key) = authority.Issue(MosquittoBroker.Host);
        await using var server = ProgramRun.Start(
            Tool.PathOf("openssl"), ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, .. options]);
        await server.UntilOutputAsync("ACCEPT");
        var port = server.Output.Split('\n').First(line => line.StartsWith("ACCEPT", StringComparison.Ordinal)).Split(':')[^1];
        await using var modem = TestModem.Start(string.Create(CultureInfo.InvariantCulture, $"{MosquittoBroker.Host}:8883=127.0.0.1:{port}"), model);
        await using var pub = ProgramRun.StartOurs(
            "sim800",
            ["pub", "--device", modem.DevicePath, "-h", MosquittoBroker.Host, "--cafile", authority.CertificateFile, "--tls-engine", engine, "-t", "t", "-m", "m", "--quiet"]);
        Assert.NotEqual(0, await pub.ExitCodeAsync());
        return pub.Error;
    }
}
