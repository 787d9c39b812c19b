namespace Sim800.Mqtt;

/// <summary>How MQTT is carried over a WebSocket (MQTT 3.1.1 §6, RFC 6455).</summary>
public sealed record MqttWebSocketOptions
{
    /// <summary>The server's name, for the <c>Host</c> field.</summary>
    public required string Host { get; init; }

    /// <summary>The server's port, 1 to 65535, for the <c>Host</c> field.</summary>
    public required int Port { get; init; }

    /// <summary>Whether the transport below is encrypted (<c>wss</c>); decides which port the <c>Host</c> field may leave out.</summary>
    public bool Secure { get; init; }

    /// <summary>The resource, beginning with a slash. Brokers commonly serve MQTT at <c>/mqtt</c>.</summary>
    public string Path { get; init; } = "/mqtt";

    /// <summary>Further header fields of the upgrade request, such as <c>Authorization</c>. They are never logged.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The longest the server may take to answer the upgrade request.</summary>
    public TimeSpan UpgradeTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The clock of the time limits.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Without the header fields' values, which may hold credentials.</summary>
    public override string ToString() => $"{(Secure ? "wss" : "ws")}://{Host}:{Port}{Path}";

    internal void Validate()
    {
        CheckEndpoint(Host, Port, UpgradeTimeout);
        CheckRequest(Path, Headers);
    }

    private static void CheckEndpoint(string host, int port, TimeSpan upgradeTimeout)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(upgradeTimeout, TimeSpan.Zero);
        if (!IsToken(host))
        {
            throw new ArgumentException("The host has no spaces or control characters.", nameof(host));
        }
    }

    private static void CheckRequest(string path, IReadOnlyDictionary<string, string> headers)
    {
        if (!IsToken(path) || path[0] != '/')
        {
            throw new ArgumentException("The path begins with a slash and has no spaces or control characters.", nameof(path));
        }

        foreach (var (name, value) in headers)
        {
            if (!IsToken(name) || name.Contains(':', StringComparison.Ordinal) || !IsFieldValue(value))
            {
                throw new ArgumentException("A header field has a name or a value that would break the request.", nameof(headers));
            }
        }
    }

    private static bool IsToken(string text) => text.Length > 0 && text.All(character => character is > ' ' and < '\u007f');

    private static bool IsFieldValue(string text) => text.All(character => character is >= ' ' and < '\u007f');
}
