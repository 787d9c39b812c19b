using Sim800.Cli.Options;

namespace Sim800.Cli;

/// <summary>The address of <c>-L</c>: <c>mqtt(s)://[user[:password]@]host[:port]/topic</c>.</summary>
internal sealed record BrokerUrl(string Host, int Port, bool IsTls, string? UserName, string? Password, string? Topic)
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;
    private const string Form = "-L takes mqtt://host/topic or mqtts://user:password@host:port/topic.";

    /// <exception cref="UsageException">The address is not of that form. The message never repeats it: it may hold a password.</exception>
    internal static BrokerUrl Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("mqtt" or "mqtts") || uri.Host.Length == 0)
        {
            throw new UsageException(Form);
        }

        var isTls = uri.Scheme is "mqtts";
        var user = uri.UserInfo.Split(':', 2);
        var topic = TopicOf(text);
        return new BrokerUrl(
            HostOf(uri),
            uri.IsDefaultPort || uri.Port < 0 ? (isTls ? TlsPort : PlainPort) : uri.Port,
            isTls,
            user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            topic.Length > 0 ? topic : null);
    }

    /// <summary>What stands behind the host, as it stands there: levels may be empty, and no character means anything else.</summary>
    private static string TopicOf(string text)
    {
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        return rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? rest[(at + 1)..] : string.Empty;
    }

    /// <summary>In ASCII. The rest is for the one who dials to judge.</summary>
    private static string HostOf(Uri uri) => uri.Host.All(char.IsAscii)
        ? uri.Host
        : HostName.AsciiForm(uri.Host) ?? throw new UsageException(Form);
}
