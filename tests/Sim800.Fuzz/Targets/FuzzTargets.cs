using Sim800.Tls;

namespace Sim800.Fuzz;

/// <summary>All targets by their names.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Lazy<FuzzTarget>> All = new FuzzTargetMaker[]
    {
        new("at-answers", () => new AtAnswersTarget()),
        new("at-dialogue", () => new AtDialogueTarget()),
        new("appsettings", () => new AppSettingsTarget()),
        new("certificates", () => new CertificatesTarget()),
        new("format", () => new FormatTarget()),
        new("mqtt-client", () => new MqttClientTarget()),
        new("mqtt-frames", () => new MqttFramesTarget()),
        new("mqtt-session", () => new MqttSessionTarget()),
        new("pem", () => new PemTarget()),
        new("session-file", () => new SessionFileTarget()),
        new("sms-pdu", () => new SmsPduTarget()),
        new("sqlite-file", () => new SqliteFileTarget()),
        new("tls-handshake-12-bouncycastle", () => new TlsHandshakeTarget(TlsEngine.BouncyCastle, isTls13: false)),
        new("tls-handshake-12-platform", () => new TlsHandshakeTarget(TlsEngine.Platform, isTls13: false)),
        new("tls-handshake-13-bouncycastle", () => new TlsHandshakeTarget(TlsEngine.BouncyCastle, isTls13: true)),
        new("tls-handshake-13-platform", () => new TlsHandshakeTarget(TlsEngine.Platform, isTls13: true)),
        new("tls-records", () => new TlsRecordsTarget()),
        new("transcript", () => new TranscriptTarget()),
        new("url", () => new UrlTarget()),
        new("ussd", () => new UssdTarget()),
        new("websocket-upgrade", () => new WebSocketUpgradeTarget()),
    }.ToDictionary(maker => maker.Name, maker => new Lazy<FuzzTarget>(maker.Make), StringComparer.Ordinal);

    internal static IEnumerable<string> Names => All.Keys;

    /// <returns>Null when there is none of that name.</returns>
    internal static FuzzTarget? Find(string name) => All.TryGetValue(name, out var target) ? target.Value : null;

    private sealed record FuzzTargetMaker(string Name, Func<FuzzTarget> Make);
}
