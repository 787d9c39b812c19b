namespace Sim800.Tls.Records;

/// <summary>How an alert is meant (RFC 5246 §7.2); TLS 1.3 ignores it.</summary>
internal enum AlertLevel : byte
{
    Warning = 1,
    Fatal = 2,
}
