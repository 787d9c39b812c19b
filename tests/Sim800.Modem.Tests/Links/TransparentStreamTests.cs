using System.Buffers;
using System.Text;
using Sim800.Modem.Dialects;
using Sim800.Modem.Links;
using TestKit;

namespace Sim800.Modem.Tests.Links;

public sealed class TransparentStreamTests
{
    [Theory]
    [InlineData("plain", "plain", nameof(TransparentWord.None))]
    [InlineData("data\r\nCLOSED\r\n", "data", nameof(TransparentWord.Closed))]
    [InlineData("data\r\n+PDP: DEACT\r\n", "data", nameof(TransparentWord.Notice))]
    [InlineData("data\r\nRDY\r\n", "data", nameof(TransparentWord.Notice))]
    [InlineData("data\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n", "data", nameof(TransparentWord.Notice))]
    [InlineData("data\r\nRDY\r\n\r\n+CFUN: 0\r\n", "data\r\nRDY\r\n\r\n+CFUN: 0\r\n", nameof(TransparentWord.None))]
    [InlineData("data\r\nUNDER-VOLTAGE POWER DOWN\r\n", "data", nameof(TransparentWord.Notice))]
    [InlineData("data\r\nCLOSED\r\nmore", "data\r\nCLOSED\r\nmore", nameof(TransparentWord.None))]
    [InlineData("\r\n\r\n\r\nCLOSED\r\n", "\r\n\r\n", nameof(TransparentWord.Closed))]
    [InlineData("half a word\r\nCLO", "half a word\r\nCLO", nameof(TransparentWord.None))]
    [InlineData("\r\nOK\r\n", "\r\nOK\r\n", nameof(TransparentWord.None))]
    public void Silence_tells_words_from_data(string wire, string data, string word)
    {
        var bytes = Encoding.ASCII.GetBytes(wire);
        foreach (var pieces in Splits.Of(bytes.Length))
        {
            var output = new ArrayBufferWriter<byte>();
            var stream = new TransparentStream(new Sim800Links().TransparentNotices);
            var start = 0;
            foreach (var piece in pieces)
            {
                stream.Feed(bytes.AsSpan(start, piece), output);
                start += piece;
            }

            Assert.Equal(word != nameof(TransparentWord.None), stream.HoldsWord);
            Assert.Equal(word, stream.OnSilence(output).ToString());
            Assert.False(stream.IsHolding);
            Assert.Equal(data, Encoding.ASCII.GetString(output.WrittenSpan));
            Assert.Equal(data.Length, stream.GivenBytes);
            Assert.Equal(wire[data.Length..], Encoding.ASCII.GetString(stream.Said.Span));
        }
    }

    [Fact]
    public void A_word_that_came_in_two_halves_is_still_one()
    {
        for (var cut = 1; cut < "\r\nCLOSED\r\n".Length; cut++)
        {
            var output = new ArrayBufferWriter<byte>();
            var stream = new TransparentStream(new Sim800Links().TransparentNotices);
            stream.Feed("x\r\nCLOSED\r\n"u8[..(1 + cut)], output);
            Assert.True(stream.IsHolding);
            stream.OnPause(output); // half a word is data, until its other half comes
            Assert.False(stream.IsHolding);
            Assert.True(stream.IsUndecided);
            stream.Feed("\r\nCLOSED\r\n"u8[cut..], output);
            Assert.True(stream.HoldsWord);
            Assert.Equal(TransparentWord.Closed, stream.OnSilence(output));
            Assert.Equal("x\r\nCLOSED\r\n"[..(1 + cut)], Encoding.ASCII.GetString(output.WrittenSpan));
        }
    }

    [Fact]
    public void Halves_with_a_second_between_them_are_data_and_nothing_of_them_is_given_twice()
    {
        var output = new ArrayBufferWriter<byte>();
        var stream = new TransparentStream(new Sim800Links().TransparentNotices);
        stream.Feed("x\r\n"u8, output);
        stream.OnPause(output);
        Assert.Equal(TransparentWord.None, stream.OnSilence(output));
        stream.Feed("CLOSED\r\n"u8, output);
        stream.OnPause(output);
        stream.Feed("\nmore"u8, output);
        Assert.Equal(TransparentWord.None, stream.OnSilence(output));
        Assert.Equal("x\r\nCLOSED\r\n\nmore", Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Who_reads_no_more_still_has_the_modems_words_heard()
    {
        var stream = new TransparentStream(new Sim800Links().TransparentNotices) { ExpectsOk = true };
        stream.Feed("late data\r\nOK\r\n"u8, null);
        Assert.Equal(TransparentWord.Ok, stream.OnSilence(null));
        Assert.Equal(0, stream.GivenBytes);
    }

    [Fact]
    public void After_the_escape_OK_is_a_word_too()
    {
        var output = new ArrayBufferWriter<byte>();
        var stream = new TransparentStream(new Sim800Links().TransparentNotices) { ExpectsOk = true };
        stream.Feed("last\r\nOK\r\n"u8, output);
        Assert.Equal(TransparentWord.Ok, stream.OnSilence(output));
        Assert.Equal("last", Encoding.ASCII.GetString(output.WrittenSpan));
    }
}
