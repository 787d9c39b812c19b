using System.Text;
using Org.BouncyCastle.Tls;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>The pre-shared key of a TLS 1.2 handshake: a copy is made when it is needed, and BouncyCastle zeroes that.</summary>
internal sealed class PreSharedKeyIdentity(TlsPreSharedKey key) : TlsPskIdentity
{
    public void SkipIdentityHint()
    {
        // There is one identity, hint or no hint.
    }

    public void NotifyIdentityHint(byte[] psk_identity_hint)
    {
        // There is one identity, whatever the server hints at.
    }

    public byte[] GetPskIdentity() => Encoding.UTF8.GetBytes(key.Identity);

    public byte[] GetPsk() => key.CopyKey();
}
