namespace Sim800.Tls;

/// <summary>With whom a session may be resumed: everything that authenticated it must be the same again.</summary>
/// <param name="Host">The server's name, as verified.</param>
/// <param name="Port">The TCP port; 0 where it is not known.</param>
/// <param name="Trust">Hash of the authorities and pins the server was verified with.</param>
/// <param name="ClientCertificate">SHA-256 of the client's certificate, hexadecimal; empty without one.</param>
public sealed record TlsSessionKey(string Host, int Port, string Trust, string ClientCertificate = "");
