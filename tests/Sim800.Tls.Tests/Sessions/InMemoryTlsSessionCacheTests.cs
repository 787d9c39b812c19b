namespace Sim800.Tls.Tests.Sessions;

public sealed class InMemoryTlsSessionCacheTests : TlsSessionCacheTests
{
    private protected override ITlsSessionCache Create(int capacity = 16) => new InMemoryTlsSessionCache(capacity);
}
