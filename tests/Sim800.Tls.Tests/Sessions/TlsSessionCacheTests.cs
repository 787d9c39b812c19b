namespace Sim800.Tls.Tests.Sessions;

/// <summary>What both caches promise.</summary>
public abstract class TlsSessionCacheTests
{
    private protected static readonly DateTimeOffset Now = TestSessions.Now;

    [Fact]
    public void An_empty_cache_has_nothing() => Assert.Null(Create().Find(TestSessions.Key(), Now));

    [Fact]
    public void What_is_stored_is_found()
    {
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        TestSessions.AreEqual(TestSessions.Session(), cache.Find(TestSessions.Key(), Now));
        TestSessions.AreEqual(TestSessions.Session(), cache.Find(TestSessions.Key(), Now));
    }

    [Fact]
    public void A_newer_session_takes_the_place_of_the_older()
    {
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        cache.Store(TestSessions.Key(), TestSessions.Session(secret: 0x11));
        Assert.Equal(0x11, cache.Find(TestSessions.Key(), Now)!.MasterSecret[0]);
    }

    [Fact]
    public void Host_port_trust_and_client_certificate_keep_sessions_apart()
    {
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        Assert.Null(cache.Find(TestSessions.Key(host: "other.example.com"), Now));
        Assert.Null(cache.Find(TestSessions.Key(port: 443), Now));
        Assert.Null(cache.Find(TestSessions.Key(trust: "U"), Now));
        Assert.Null(cache.Find(TestSessions.Key(client: "C"), Now));
        Assert.Null(cache.Find(TestSessions.Key(host: "broker.example.com\n8883", port: 0), Now));
        Assert.NotNull(cache.Find(TestSessions.Key(), Now));
    }

    [Fact]
    public void What_is_removed_is_gone()
    {
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        cache.Remove(TestSessions.Key());
        Assert.Null(cache.Find(TestSessions.Key(), Now));
        cache.Remove(TestSessions.Key());
    }

    [Fact]
    public void An_expired_session_is_gone_for_good()
    {
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        Assert.Null(cache.Find(TestSessions.Key(), Now.AddHours(2)));
        Assert.Null(cache.Find(TestSessions.Key(), Now));
    }

    [Fact]
    public void The_number_of_sessions_is_bounded_and_the_oldest_goes_first()
    {
        var cache = Create(capacity: 3);
        for (var i = 0; i < 5; i++)
        {
            cache.Store(TestSessions.Key(port: i + 1), TestSessions.Session(createdAt: Now.AddMinutes(i)));
            Age();
        }

        var found = Enumerable.Range(1, 5).Where(port => cache.Find(TestSessions.Key(port: port), Now.AddMinutes(10)) is not null);
        Assert.Equal([3, 4, 5], found);
    }

    [Fact]
    public async Task Many_threads_see_whole_sessions_only()
    {
        var cache = Create();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(
            () =>
            {
                for (var i = 0; i < 50; i++)
                {
                    cache.Store(TestSessions.Key(), TestSessions.Session(secret: (byte)thread));
                    var secret = cache.Find(TestSessions.Key(), Now)!.MasterSecret;
                    Assert.True(secret.All(octet => octet == secret[0]));
                }
            },
            TestContext.Current.CancellationToken)));
    }

    private protected abstract ITlsSessionCache Create(int capacity = 16);

    /// <summary>Makes everything stored so far a minute older, where age is not part of what is stored.</summary>
    private protected virtual void Age()
    {
        // The time of creation decides.
    }
}
