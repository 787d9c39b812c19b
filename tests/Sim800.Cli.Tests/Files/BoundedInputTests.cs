using System.Diagnostics;
using System.Text;
using Sim800.Files;
using TestKit;

namespace Sim800.Cli.Tests.Files;

public sealed class BoundedInputTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-bounded-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "file");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 10, true)]
    [InlineData(9, 10, true)]
    [InlineData(10, 10, true)]
    [InlineData(11, 10, false)]
    [InlineData(4096, 4096, true)]
    [InlineData(4097, 4096, false)]
    [InlineData(100_000, 100_001, true)]
    [InlineData(100_000, 99_999, false)]
    public async Task All_of_it_is_read_up_to_the_limit(int length, int most, bool isRead)
    {
        var octets = Enumerable.Range(0, length).Select(index => (byte)index).ToArray();
        await File.WriteAllBytesAsync(Path, octets, Ct);
        Assert.Equal(isRead ? octets : null, BoundedInput.TryReadFile(Path, most));
        foreach (var split in Splits.Of(Math.Min(length, 20)))
        {
            using var stream = new PieceStream(octets, [.. split, length]);
            Assert.Equal(isRead ? octets : null, await BoundedInput.TryReadAsync(stream, most, Ct));
        }
    }

    [Fact]
    public void A_device_that_never_ends_is_left_at_the_limit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is /dev/zero.");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(BoundedInput.TryReadFile("/dev/zero", 100_000));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 100_000, 400_000);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_pipe_is_read_to_its_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are pipes with names.");
        using (var made = Process.Start("mkfifo", [Path]))
        {
            await made.WaitForExitAsync(Ct);
        }

        var reading = Task.Run(() => BoundedInput.TryReadFile(Path, 100_000), Ct);
        await File.WriteAllBytesAsync(Path, new byte[70_000], Ct);
        Assert.Equal(70_000, (await reading)!.Length);
    }

    [Fact]
    public void A_folder_is_called_so() =>
        Assert.Equal($"'{_folder.FullName}' is a folder.", Assert.Throws<IOException>(() => BoundedInput.TryReadFile(_folder.FullName, 10)).Message);

    [Fact]
    public void Text_is_UTF8_or_what_its_mark_says()
    {
        File.WriteAllText(Path, "é\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("é\n", BoundedInput.TryReadText(Path, 10));
        File.WriteAllText(Path, "é\n", Encoding.Unicode);
        Assert.Equal("é\n", BoundedInput.TryReadText(Path, 10));
        Assert.Null(BoundedInput.TryReadText(Path, 5));
    }

    private sealed class PieceStream(byte[] octets, int[] pieces) : MemoryStream(octets)
    {
        private int _next;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieces[Math.Min(_next++, pieces.Length - 1)])], cancellationToken);
    }
}
