using TestKit;

namespace Sim800.Tls.Tests.Sessions;

public sealed class TlsSessionTests
{
    [Fact]
    public void Octets_give_the_same_session_again() =>
        TestSessions.AreEqual(TestSessions.Session(), TlsSession.FromBytes(TestSessions.Session().ToBytes()));

    [Fact]
    public void Octets_cut_anywhere_give_none()
    {
        var bytes = TestSessions.Session().ToBytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(TlsSession.FromBytes(bytes.AsSpan(0, length)));
        }

        Assert.Null(TlsSession.FromBytes([.. bytes, 0]));
    }

    [Fact]
    public void Octets_changed_anywhere_give_some_session_or_none_and_never_an_exception()
    {
        var seed = Seed.Fresh();
        var random = new Random(seed);
        var bytes = TestSessions.Session().ToBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] = (byte)random.Next(256);
            var thrown = Record.Exception(() => TlsSession.FromBytes(changed));
            Assert.True(thrown is null, $"octet {i}, seed {seed}: {thrown}");
        }
    }

    [Fact]
    public void A_length_that_claims_gigabytes_allocates_nothing()
    {
        var bytes = TestSessions.Session().ToBytes();
        BitConverter.TryWriteBytes(bytes.AsSpan(36), int.MaxValue); // the length of the master secret
        TlsSession.FromBytes(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(TlsSession.FromBytes(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Fact]
    public void Another_version_of_the_format_is_not_read()
    {
        var bytes = TestSessions.Session().ToBytes();
        bytes[0]++;
        Assert.Null(TlsSession.FromBytes(bytes));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(7199, true)]
    [InlineData(7200, false)]
    [InlineData(-1, false)] // made in the future: a clock was wrong
    public void A_session_is_fresh_for_its_lifetime(int seconds, bool isFresh) =>
        Assert.Equal(isFresh, TestSessions.Session().IsFresh(TestSessions.Now.AddSeconds(seconds)));

    [Fact]
    public void No_session_is_fresh_for_more_than_a_day_whatever_the_server_says()
    {
        var session = TestSessions.Session(lifetime: TimeSpan.FromDays(7));
        Assert.True(session.IsFresh(TestSessions.Now.AddHours(24).AddSeconds(-1)));
        Assert.False(session.IsFresh(TestSessions.Now.AddHours(24)));
    }
}
