namespace Sim800.Mqtt.Refusals;

/// <summary>What the first bytes of an answer are.</summary>
internal enum AnswerKind
{
    Nothing,
    ConnAck,
    TlsRecord,
    Http,
    Other,
}
