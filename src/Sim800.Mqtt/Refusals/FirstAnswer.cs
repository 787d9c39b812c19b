namespace Sim800.Mqtt.Refusals;

/// <summary>Recognises a protocol by its first bytes. Pure; a few bytes are enough.</summary>
internal static class FirstAnswer
{
    /// <summary>As many bytes as any of the protocols needs to be told from the others.</summary>
    internal const int Length = 8;

    internal static AnswerKind Of(ReadOnlySpan<byte> first) => first switch
    {
        [] => AnswerKind.Nothing,
        [0x20, 0x02, ..] => AnswerKind.ConnAck, // MQTT 3.1.1 §3.2.1
        [>= 20 and <= 24, 0x03, <= 4, ..] => AnswerKind.TlsRecord, // RFC 8446 §5.1: content type, legacy version
        [(byte)'H', (byte)'T', (byte)'T', (byte)'P', (byte)'/', ..] => AnswerKind.Http, // RFC 9112 §2.3
        [(byte)'<', ..] => AnswerKind.Http, // the page of a server from before HTTP/1.0
        _ => AnswerKind.Other,
    };
}

/// <summary>What the first bytes of an answer are.</summary>
internal enum AnswerKind
{
    Nothing,
    ConnAck,
    TlsRecord,
    Http,
    Other,
}
