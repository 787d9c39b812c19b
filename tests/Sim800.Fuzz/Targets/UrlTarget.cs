using System.Text;
using Sim800.Cli;
using Sim800.Cli.Options;

namespace Sim800.Fuzz;

/// <summary>The address of <c>-L</c> and its host: what the modem can dial, or a refusal that repeats no password.</summary>
internal sealed class UrlTarget : FuzzTarget
{
    private const string Password = "a-password-nobody-tells";

    private static readonly string[] Hosts = ["broker.example.org", "192.0.2.1", "xn--bcher-kva.example", "b\u00fccher.example", "[::1]", "256.1.1.1", "a_b", "-a", "a..b", "x.", "1"];

    internal override string Name => "url";

    internal override int Inputs => 20_000;

    internal override IReadOnlyList<string> Words { get; } =
        ["mqtt://", "mqtts://", "://", ":", "@", "/", "//", "%", "%00", "%2F", "%E2%82%AC", "?", "#", "[", "]", "\\", "\"", "\r", ":8883", ":0", ":65536", "..", "xn--", "\u00e4", $"u:{Password}@", .. Hosts];

    internal override IReadOnlyList<string> Secrets { get; } = [Password];

    /// <summary>A host name becomes punycode, and Unicode has its price.</summary>
    internal override long FixedBytes => 256 * 1024;

    internal override bool IsTyped(Exception exception) => exception is UsageException;

    internal override byte[] Generate(Dice dice) => Encoding.UTF8.GetBytes(
        (dice.OneIn(2) ? "mqtts://" : "mqtt://") + (dice.OneIn(2) ? $"user:{Password}@" : "") + dice.Of(Hosts)
        + (dice.OneIn(2) ? $":{dice.Small(0, 70000)}" : "") + (dice.OneIn(2) ? "/a/b/#" : ""));

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var url = BrokerUrl.Parse(Encoding.UTF8.GetString(input));
        if (url.Host.Length == 0 || url.Port is < 0 or > 65535 || url.Topic?.Length == 0)
        {
            throw new BrokenPropertyException($"host '{url.Host}', port {url.Port}, topic '{url.Topic}'");
        }

        // Of the host alone nothing is secret.
        if (!url.Host.Contains(Password, StringComparison.OrdinalIgnoreCase))
        {
            var host = HostName.Check(url.Host);
            if (host.AsSpan().IndexOfAny("\"\r\n ,") >= 0 || host.Length > 200)
            {
                throw new BrokenPropertyException($"'{host}' is dialled.");
            }
        }

        return default;
    }
}
