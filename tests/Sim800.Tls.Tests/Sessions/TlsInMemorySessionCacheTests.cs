namespace Sim800.Tls.Tests.Sessions;

public sealed class TlsInMemorySessionCacheTests : TlsSessionCacheTests
{
    private protected override ITlsSessionCache Create(int capacity = 16) => new TlsInMemorySessionCache(capacity);
}
