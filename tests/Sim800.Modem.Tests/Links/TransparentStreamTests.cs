using System.Buffers;
using System.Text;
using Sim800.Modem.Links;
using TestKit;

namespace Sim800.Modem.Tests.Links;

public sealed class TransparentStreamTests
{
    [Theory]
    [InlineData("plain", "plain", nameof(TransparentWord.None))]
    [InlineData("data\r\nCLOSED\r\n", "data", nameof(TransparentWord.Closed))]
    [InlineData("data\r\n+PDP: DEACT\r\n", "data", nameof(TransparentWord.PdpDeactivated))]
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
            var stream = new TransparentStream();
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
        }
    }

    [Fact]
    public void After_the_escape_OK_is_a_word_too()
    {
        var output = new ArrayBufferWriter<byte>();
        var stream = new TransparentStream { ExpectsOk = true };
        stream.Feed("last\r\nOK\r\n"u8, output);
        Assert.Equal(TransparentWord.Ok, stream.OnSilence(output));
        Assert.Equal("last", Encoding.ASCII.GetString(output.WrittenSpan));
    }
}
