namespace Sim800.Benchmarks.Handshake;

/// <summary>Which handshake is measured.</summary>
internal enum HandshakeKind
{
    Tls12,
    Tls12Resumed,
    Tls13,
    Tls13Resumed,
}

/// <summary>What follows from it.</summary>
internal static class HandshakeKinds
{
    internal static bool IsTls13(this HandshakeKind kind) => kind is HandshakeKind.Tls13 or HandshakeKind.Tls13Resumed;

    internal static bool IsResumed(this HandshakeKind kind) => kind is HandshakeKind.Tls12Resumed or HandshakeKind.Tls13Resumed;

    internal static string Name(this HandshakeKind kind) => kind switch
    {
        HandshakeKind.Tls12 => "TLS 1.2",
        HandshakeKind.Tls12Resumed => "TLS 1.2 resumed",
        HandshakeKind.Tls13 => "TLS 1.3",
        _ => "TLS 1.3 resumed",
    };
}
