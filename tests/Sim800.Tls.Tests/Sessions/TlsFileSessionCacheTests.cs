using System.Runtime.Versioning;

namespace Sim800.Tls.Tests.Sessions;

public sealed class TlsFileSessionCacheTests : TlsSessionCacheTests, IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("sim800-sessions-");

    private DirectoryInfo Folder => new(Path.Combine(_parent.FullName, "cache"));

    private FileInfo Single => Assert.Single(Folder.GetFiles());

    [Fact]
    public void Another_cache_on_the_same_folder_finds_the_session()
    {
        Create().Store(TestSessions.Key(), TestSessions.Session());
        TestSessions.AreEqual(TestSessions.Session(), Create().Find(TestSessions.Key(), Now));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_owner_may_read_folder_and_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Create().Store(TestSessions.Key(), TestSessions.Session());
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder.FullName));
        Assert.Equal(OwnerOnly, Single.UnixFileMode);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_replaced_file_is_still_the_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        cache.Store(TestSessions.Key(), TestSessions.Session(secret: 1));
        Assert.Equal(OwnerOnly, Single.UnixFileMode);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_others_may_read_is_not_trusted_and_goes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Create().Store(TestSessions.Key(), TestSessions.Session());
        File.SetUnixFileMode(Single.FullName, OwnerOnly | UnixFileMode.OtherRead);
        Assert.Null(Create().Find(TestSessions.Key(), Now));
        Assert.Empty(Folder.GetFiles());
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_others_may_write_to_is_not_used(UnixFileMode others)
    {
        // A session whose master secret somebody else has chosen would be resumed with him.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Create().Store(TestSessions.Key(), TestSessions.Session());
        var own = File.GetUnixFileMode(Folder.FullName);
        File.SetUnixFileMode(Folder.FullName, own | others);
        Assert.Null(Create().Find(TestSessions.Key(), Now));
        Create().Store(TestSessions.Key(), TestSessions.Session());
        Assert.Empty(Folder.GetFiles());
    }

    [Fact]
    public void Nothing_but_the_session_stays_in_the_folder()
    {
        Create().Store(TestSessions.Key(), TestSessions.Session());
        Assert.Equal(".session", Single.Extension);
        Assert.DoesNotContain("broker", Single.Name, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_file_cut_anywhere_is_no_session_and_goes()
    {
        Create().Store(TestSessions.Key(), TestSessions.Session());
        var content = File.ReadAllBytes(Single.FullName);
        for (var length = 0; length < content.Length; length += 7)
        {
            Replace(content[..length]);
            Assert.Null(Create().Find(TestSessions.Key(), Now));
            Assert.Empty(Folder.GetFiles());
        }
    }

    [Fact]
    public void A_file_with_any_octet_changed_is_no_session()
    {
        Create().Store(TestSessions.Key(), TestSessions.Session());
        var content = File.ReadAllBytes(Single.FullName);
        for (var i = 0; i < content.Length; i += 3)
        {
            byte[] changed = [.. content];
            changed[i] ^= 0x10;
            Replace(changed);
            Assert.Null(Create().Find(TestSessions.Key(), Now));
        }
    }

    [Fact]
    public void A_file_renamed_to_that_of_another_server_is_no_session()
    {
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        var name = Single.FullName;
        cache.Store(TestSessions.Key(host: "other.example.com"), TestSessions.Session());
        var other = Folder.GetFiles().Single(file => file.FullName != name).FullName;
        File.Move(name, other, overwrite: true);
        Assert.Null(cache.Find(TestSessions.Key(host: "other.example.com"), Now));
    }

    [Fact]
    public void A_huge_file_is_not_read()
    {
        Create().Store(TestSessions.Key(), TestSessions.Session());
        using (var stream = new FileStream(Single.FullName, FileMode.Open))
        {
            stream.SetLength(1L << 33);
        }

        Assert.Null(Create().Find(TestSessions.Key(), Now));
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_cleared_away()
    {
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        var (old, recent) = (Path.Combine(Folder.FullName, "a.tmp"), Path.Combine(Folder.FullName, "b.tmp"));
        File.WriteAllText(old, "half");
        File.SetLastWriteTimeUtc(old, Single2().LastWriteTimeUtc.AddHours(-2));
        File.WriteAllText(recent, "somebody is writing this");
        cache.Store(TestSessions.Key(), TestSessions.Session());
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(recent));

        FileInfo Single2() => Folder.GetFiles("*.session").Single();
    }

    [Fact]
    public void Where_nothing_can_be_written_there_is_just_no_session()
    {
        // A file stands where the folder should be: that fails for every user, root included.
        File.WriteAllText(Folder.FullName, "not a folder");
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        Assert.Null(cache.Find(TestSessions.Key(), Now));
        cache.Remove(TestSessions.Key());
    }

    [Fact]
    public void A_folder_that_vanishes_is_made_again()
    {
        var cache = Create();
        cache.Store(TestSessions.Key(), TestSessions.Session());
        Folder.Delete(recursive: true);
        Assert.Null(cache.Find(TestSessions.Key(), Now));
        cache.Store(TestSessions.Key(), TestSessions.Session());
        Assert.NotNull(cache.Find(TestSessions.Key(), Now));
    }

    [Fact]
    public void A_folder_and_a_capacity_are_needed()
    {
        Assert.Throws<ArgumentException>(() => new TlsFileSessionCache(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TlsFileSessionCache("x", capacity: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TlsInMemorySessionCache(capacity: 0));
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private protected override ITlsSessionCache Create(int capacity = 16) => new TlsFileSessionCache(Folder.FullName, capacity);

    private protected override void Age()
    {
        foreach (var file in Folder.GetFiles())
        {
            file.LastWriteTimeUtc = file.LastWriteTimeUtc.AddMinutes(-1);
        }
    }

    private void Replace(byte[] content)
    {
        var file = Path.Combine(Folder.FullName, Sim800.Tls.Sessions.SessionFileFormat.NameFor(TestSessions.Key()) + ".session");
        File.WriteAllBytes(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, OwnerOnly);
        }
    }
}
