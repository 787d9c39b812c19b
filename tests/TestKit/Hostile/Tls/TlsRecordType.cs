namespace TestKit.Hostile.Tls;

/// <summary>What a record carries (RFC 5246 §6.2.1, RFC 8446 §5.1).</summary>
public enum TlsRecordType
{
    ChangeCipherSpec = 20,
    Alert = 21,
    Handshake = 22,
    ApplicationData = 23,
}
