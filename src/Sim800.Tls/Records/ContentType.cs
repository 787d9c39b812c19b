namespace Sim800.Tls.Records;

/// <summary>What a record carries (RFC 5246 §6.2.1, RFC 8446 §5.1).</summary>
internal enum ContentType : byte
{
    ChangeCipherSpec = 20,
    Alert = 21,
    Handshake = 22,
    ApplicationData = 23,
}
