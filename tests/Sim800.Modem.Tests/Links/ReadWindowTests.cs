using Sim800.Modem.Links;

namespace Sim800.Modem.Tests.Links;

public sealed class ReadWindowTests
{
    private readonly ReadWindow _window = new();
    private readonly byte[] _memory = new byte[10];

    [Fact]
    public void Bytes_count_when_all_of_them_are_there()
    {
        _window.Open(_memory);
        Assert.False(_window.IsWhole);
        _window.Announce(5, 7);
        _window.Append("hel"u8);
        Assert.False(_window.IsWhole);
        _window.Append("lo"u8);
        Assert.True(_window.IsWhole);
        Assert.Equal((5, 7), (_window.Announced, _window.Left));
        Assert.Equal("hello"u8.ToArray(), _memory[..5]);
    }

    [Fact]
    public void A_slip_spoils_them()
    {
        _window.Open(_memory);
        _window.Announce(2, 0);
        _window.Append("hi"u8);
        _window.Slip();
        Assert.False(_window.IsWhole);
    }

    [Fact]
    public void More_than_there_is_room_for_is_never_whole()
    {
        _window.Open(_memory);
        _window.Announce(11, 0);
        _window.Append(new byte[11]);
        Assert.False(_window.IsWhole);
    }

    [Fact]
    public void After_its_end_nothing_is_written_into_it()
    {
        _window.Open(_memory);
        _window.Announce(2, 0);
        _window.Close();
        _window.Append("hi"u8);
        Assert.Equal(new byte[10], _memory);
    }
}
