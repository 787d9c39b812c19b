using System.IO.Pipelines;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Tests.At;

public sealed class AtWriterTests
{
    private readonly Pipe _line = new();
    private readonly AtWriter _writer;

    public AtWriterTests() => _writer = new AtWriter(_line.Writer);

    [Fact]
    public async Task A_step_whose_time_is_up_is_given_up_though_its_flush_begins_later()
    {
        var step = _writer.BeginStep();
        _writer.CancelFlush(step);
        _writer.Write("AT\r"u8);
        Assert.False(await _writer.FlushAsync());
    }

    [Fact]
    public async Task A_cancellation_that_comes_after_its_step_does_not_give_up_the_next_one()
    {
        var step = _writer.BeginStep();
        _writer.Write("A"u8);
        Assert.True(await _writer.FlushAsync());
        _writer.BeginStep();
        _writer.CancelFlush(step);
        _writer.Write("T\r"u8);
        Assert.True(await _writer.FlushAsync());
        Assert.True(_line.Reader.TryRead(out var read));
        Assert.Equal("AT\r", Encoding.Latin1.GetString(read.Buffer));
    }
}
