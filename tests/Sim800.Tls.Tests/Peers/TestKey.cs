namespace Sim800.Tls.Tests.Peers;

/// <summary>The kind of key a chain is made with.</summary>
public enum TestKey
{
    P256,
    P384,
    P521,
    Rsa2048,
    Rsa4096,
}
