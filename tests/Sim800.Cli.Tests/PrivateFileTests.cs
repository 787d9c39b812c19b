namespace Sim800.Cli.Tests;

public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-private-");

    private string Name => Path.Combine(_folder.FullName, "secrets");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_new_file_is_its_owners_alone_and_nothing_else_is_left_behind()
    {
        using (var file = PrivateFile.Create(Name))
        {
            file.Write("keys"u8);
        }

        Assert.Equal("keys", File.ReadAllText(Name));
        Assert.Equal([Name], Directory.GetFileSystemEntries(_folder.FullName));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Name) == Owner);
    }

    [Fact]
    public void A_file_of_ones_own_is_replaced_and_who_holds_the_old_one_open_gets_nothing_of_the_new()
    {
        PrivateFile.Create(Name).Dispose();
        using var old = new FileStream(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using (var file = PrivateFile.Create(Name))
        {
            file.Write("keys"u8);
        }

        Assert.Equal(-1, old.ReadByte());
        Assert.Equal("keys", File.ReadAllText(Name));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_may_read_or_write_is_refused_as_it_is(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // there are no such modes
        }

        File.WriteAllText(Name, "theirs");
        File.SetUnixFileMode(Name, Owner | others);
        Assert.Contains("remove it first", Assert.Throws<IOException>(() => PrivateFile.Create(Name)).Message, StringComparison.Ordinal);
        Assert.Equal("theirs", File.ReadAllText(Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_symbolic_link_is_not_followed_whether_it_leads_somewhere_or_not(bool exists)
    {
        var target = Path.Combine(_folder.FullName, "target");
        if (exists)
        {
            File.WriteAllText(target, "theirs");
        }

        File.CreateSymbolicLink(Name, target);
        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => PrivateFile.Create(Name)).Message, StringComparison.Ordinal);
        Assert.Equal(exists, File.Exists(target));
        Assert.True(!exists || File.ReadAllText(target) is "theirs");
    }
}
