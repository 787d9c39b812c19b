namespace Sim800.Cli.Options;

/// <summary>Which broker, how to be sure of it, and who we are.</summary>
internal sealed record BrokerSettings
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary><c>null</c>: as the port suggests.</summary>
    public bool? UseTls { get; init; }

    public bool UseWebSocket { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? ClientId { get; init; }

    public TimeSpan? KeepAlive { get; init; }

    public bool CleanSession { get; init; } = true;

    public int? MaxInFlight { get; init; }

    public bool AllowControlCharacters { get; init; }

    public bool PassOverInvalidTopics { get; init; }

    public TlsSettings Tls { get; init; } = new();

    public WillSettings? Will { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
