namespace Sim800.Tls.Tests.Peers;

/// <summary>One authority of each kind for all tests, made when first asked for: RSA keys take their time.</summary>
public static class SharedAuthorities
{
    private static readonly Dictionary<TestKey, Lazy<TestAuthority>> All =
        Enum.GetValues<TestKey>().ToDictionary(kind => kind, kind => new Lazy<TestAuthority>(() => new TestAuthority(kind)));

    public static TestAuthority P256 => Of(TestKey.P256);

    public static TestAuthority Of(TestKey kind) => All[kind].Value;
}
