using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Cli.Monitor;
using Sim800.Cli.Options;
using Sim800.Cli.Timeline;
using Sim800.Modem;
using Sim800.Mqtt;
using TestKit;

namespace Sim800.Cli.Tests;

public sealed class CompositionTests : IDisposable
{
    private static readonly Sim800MqttClientOptions Options = new() { Host = "h", Modem = new ModemOptions { Apn = "a" } };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-composition-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    public async Task Whoever_records_draws_or_watches_hears_of_every_byte_and_takes_none(bool isRecorded, bool isDrawn, bool isWatched)
    {
        var recorded = 0;
        using var page = isDrawn ? new TimelineFile(Path.Combine(_folder.FullName, "page.html"), "t", 115_200, TimeProvider.System) : null;
        var feed = isWatched ? new MonitorFeed("t", TimeProvider.System, tellsStages: true) : null;
        var options = Options with { WrapTransport = isRecorded ? tcp => Count(tcp, () => recorded++) : null };
        options = options.Drawn(page).Watched(feed);
        var modem = Options.Modem.Drawn(page).Watched(feed);
        foreach (var wrap in new[] { options.WrapTransport, options.WrapMqtt, modem.WrapLine })
        {
            await PassesAsync(wrap);
        }

        Assert.Equal(isRecorded ? 1 : 0, recorded);
        Assert.Equal(isDrawn || isWatched, modem.WrapLine is not null);
        Assert.Equal(isDrawn || isWatched, options.Progress is not null);
    }

    [Theory]
    [InlineData(true, "a.pem")]
    [InlineData(true, "a.crt")]
    [InlineData(true, "a.cer")]
    [InlineData(true, "5ad8a5d6.0")]
    [InlineData(true, "5ad8a5d6.12")]
    [InlineData(false)]
    [InlineData(false, "README")]
    [InlineData(false, "a.txt")]
    [InlineData(false, "5ad8a5d6.r0")]
    [InlineData(false, "trailing.")]
    public void A_folder_of_authorities_is_those_files_that_OpenSSL_and_people_name_so(bool isOne, params string[] names)
    {
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), Authority("CN=" + name));
        }

        if (isOne)
        {
            Tls();
        }
        else
        {
            Assert.Equal($"--capath {_folder.FullName}: there is no certificate in the folder.", Assert.Throws<UsageException>(Tls).Message);
        }
    }

    [Fact]
    public void Links_to_one_authority_are_one_and_a_damaged_one_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        var real = Path.Combine(_folder.FullName, "authority.pem");
        File.WriteAllText(real, Authority("CN=root"));
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "5ad8a5d6.0"), "authority.pem");
        Tls();
        File.WriteAllText(real, "no certificate");
        Assert.StartsWith($"--capath: There is no certificate in '{real}'", Assert.Throws<UsageException>(Tls).Message, StringComparison.Ordinal);
    }

    private static string Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.ExportCertificatePem();
    }

    private static IDuplexPipe Count(IDuplexPipe line, Action onWrapped)
    {
        onWrapped();
        return line;
    }

    /// <summary>Both ways, if there is anything around the line.</summary>
    private static async Task PassesAsync(Func<IDuplexPipe, IDuplexPipe>? wrap)
    {
        var pair = new DuplexPipePair();
        var near = wrap?.Invoke(pair.Left) ?? pair.Left;
        foreach (var (from, to) in new[] { (near, pair.Right), (pair.Right, near) })
        {
            await from.Output.WriteAsync("AT\r"u8.ToArray(), Ct);
            var read = await to.Input.ReadAtLeastAsync(3, Ct);
            Assert.Equal(3, read.Buffer.Length);
            to.Input.AdvanceTo(read.Buffer.End);
        }

        await near.Output.CompleteAsync();
        await pair.Right.Output.CompleteAsync();
        await near.Input.CompleteAsync();
    }

    private void Tls() => Composition.Tls("h", 8883, new TlsSettings { AuthorityFolder = _folder.FullName }, NullLoggerFactory.Instance);
}
