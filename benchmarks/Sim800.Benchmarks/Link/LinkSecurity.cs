namespace Sim800.Benchmarks.Link;

/// <summary>What lies between MQTT and the link.</summary>
internal enum LinkSecurity
{
    /// <summary>Nothing: port 1883.</summary>
    Plain,

    /// <summary>TLS 1.2 on BouncyCastle, the default.</summary>
    Tls12,

    /// <summary>TLS 1.3 on the platform's engine.</summary>
    Tls13,

    /// <summary>TLS 1.2 with ECDHE-PSK on BouncyCastle: no certificates.</summary>
    EcdhePsk,
}
