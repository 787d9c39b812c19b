using System.IO.Pipelines;
using Sim800.Cli.Verbs;
using TestKit;

namespace Sim800.Cli.Tests.Verbs;

public sealed class Socks5Tests
{
    private static readonly byte[] Greeting = [5, 2, 2, 0];

    [Fact]
    public async Task A_host_is_read_however_its_bytes_are_split_and_what_follows_is_left()
    {
        byte[] input = [.. Greeting, 5, 1, 0, 3, 11, .. "example.org"u8, 0x01, 0xBB, .. "hello"u8];
        foreach (var split in Splits.Of(input.Length))
        {
            var near = new MemoryStream();
            var (remote, rest) = await AcceptAsync(input, split, near);
            Assert.Equal(new RemoteEndPoint("example.org", 443), remote);
            Assert.Equal("hello"u8.ToArray(), rest);
            Assert.Equal([5, 0], near.ToArray());
        }
    }

    [Fact]
    public async Task An_IPv4_address_is_one_too() => Assert.Equal(
        new RemoteEndPoint("192.0.2.1", 80),
        (await AcceptAsync([.. Greeting, 5, 1, 0, 1, 192, 0, 2, 1, 0, 80], [14], new MemoryStream())).Remote);

    [Theory]
    [InlineData(new byte[] { 5, 2, 0, 1, 1, 2, 3, 4, 0, 80 }, 7)] // BIND
    [InlineData(new byte[] { 5, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 80 }, 8)] // IPv6
    [InlineData(new byte[] { 5, 1, 0, 9, 0, 80 }, 8)] // no kind of address
    [InlineData(new byte[] { 5, 1, 0, 3, 3, (byte)'a', (byte)'"', (byte)'b', 0, 80 }, 8)] // no host name
    [InlineData(new byte[] { 5, 1, 0, 3, 0, 0, 80 }, 8)]
    [InlineData(new byte[] { 5, 1, 0, 1, 1, 2, 3, 4, 0, 0 }, 8)]
    public async Task What_there_is_not_is_refused_with_its_code(byte[] request, int code)
    {
        var near = new MemoryStream();
        await Assert.ThrowsAsync<IOException>(() => AcceptAsync([.. Greeting, .. request], [Greeting.Length + request.Length], near));
        Assert.Equal([5, 0, 5, (byte)code, 0, 1, 0, 0, 0, 0, 0, 0], near.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 4, 1, 0, 80 }, "SOCKS4")]
    [InlineData(new byte[] { (byte)'G', (byte)'E', (byte)'T' }, "no SOCKS5")]
    [InlineData(new byte[] { 5, 1, 2 }, "authenticate")]
    [InlineData(new byte[] { 5, 1 }, "left")]
    [InlineData(new byte[] { }, "left")]
    public async Task Another_greeting_is_told(byte[] input, string expected) => Assert.Contains(
        expected,
        (await Assert.ThrowsAsync<IOException>(() => AcceptAsync(input, [input.Length], new MemoryStream()))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { 5, 1, 0, 1, 192, 0, 2, 1, 0, 80 })]
    [InlineData(new byte[] { 5, 1, 0, 3, 3, (byte)'a', (byte)'.', (byte)'b', 0, 80 })]
    [InlineData(new byte[] { 5, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 80 })]
    public async Task A_program_that_leaves_at_any_point_is_told_of(byte[] request)
    {
        byte[] whole = [.. Greeting, .. request];
        for (var length = 0; length < whole.Length; length++)
        {
            var left = await Assert.ThrowsAsync<IOException>(() => AcceptAsync(whole[..length], [length], new MemoryStream()));
            Assert.Contains("left before it had said", left.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(new byte[] { 4, 1, 0, 1, 192, 0, 2, 1, 0, 80 }, "SOCKS4")]
    [InlineData(new byte[] { 6, 1, 0, 1, 192, 0, 2, 1, 0, 80 }, "no SOCKS5")]
    public async Task Another_version_behind_the_greeting_is_told(byte[] request, string expected) => Assert.Contains(
        expected,
        (await Assert.ThrowsAsync<IOException>(() => AcceptAsync([.. Greeting, .. request], [Greeting.Length + request.Length], new MemoryStream()))).Message,
        StringComparison.Ordinal);

    private static async Task<(RemoteEndPoint Remote, byte[] Left)> AcceptAsync(byte[] input, int[] split, Stream near)
    {
        var pipe = new Pipe();
        var accepting = Socks5.AcceptAsync(pipe.Reader, near, TestContext.Current.CancellationToken);
        var at = 0;
        foreach (var length in split)
        {
            await pipe.Writer.WriteAsync(input.AsMemory(at, length), TestContext.Current.CancellationToken);
            at += length;
        }

        await pipe.Writer.CompleteAsync();
        var remote = await accepting;
        var rest = new MemoryStream();
        await pipe.Reader.CopyToAsync(rest, TestContext.Current.CancellationToken);
        return (remote, rest.ToArray());
    }
}
