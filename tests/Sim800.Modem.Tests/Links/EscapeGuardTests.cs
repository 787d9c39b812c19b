using System.Buffers;
using System.Text;
using Sim800.Modem.Links;
using TestKit;

namespace Sim800.Modem.Tests.Links;

public sealed class EscapeGuardTests
{
    private readonly EscapeGuard _guard = new();

    [Theory]
    [InlineData("+++", 2)]
    [InlineData("++", 2)]
    [InlineData("++++", 4)]
    [InlineData("+++x", 4)]
    [InlineData("x+++", 4)]
    public void Three_pluses_alone_do_not_go_out_together(string block, int granted) => Assert.Equal(granted, Grant(block));

    [Fact]
    public void Neither_do_they_one_by_one()
    {
        Assert.Equal(1, Send("+"));
        Assert.Equal(1, Send("+"));
        Assert.Equal(0, Grant("+"));
        _guard.OnPause(EscapeGuard.Certain);
        Assert.Equal(1, Send("+"));
    }

    [Fact]
    public void A_pause_that_may_be_a_silence_or_not_counts_as_both()
    {
        Send("x");
        _guard.OnPause(TimeSpan.FromSeconds(0.9)); // perhaps a silence
        Send("++");
        _guard.OnPause(TimeSpan.FromSeconds(0.9)); // perhaps not
        Assert.Equal(0, Grant("+")); // the third, if it was not
        Assert.Equal(2, Grant("+++")); // the first two, if it was; or the fourth
    }

    [Fact]
    public void Behind_other_data_three_pluses_are_data()
    {
        Send("x");
        Assert.Equal(3, Send("+++"));
    }

    /// <summary>The modem's rule, with its second anywhere between half a second and two, never sees the escape.</summary>
    [Fact]
    public void Whatever_is_written_whenever_no_modem_sees_the_escape()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var (guard, now, sent) = (new EscapeGuard(), 0.0, new List<(double At, char Byte)>());
            for (var block = 0; block < 12; block++)
            {
                var pause = random.Next(3) switch { 0 => 0, 1 => random.NextDouble() * 3, _ => 0.4 + random.NextDouble() };
                guard.OnPause(TimeSpan.FromSeconds(pause));
                now += pause;
                var text = new string([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(8) == 0 ? 'x' : '+')]);
                while (text.Length > 0)
                {
                    var granted = (int)guard.Grant(Sequence(text));
                    guard.OnSent(Sequence(text[..granted]));
                    sent.AddRange(text[..granted].Select(letter => (now, letter)));
                    text = text[granted..];
                    if (text.Length > 0)
                    {
                        guard.OnPause(EscapeGuard.Certain);
                        now += EscapeGuard.Certain.TotalSeconds;
                    }
                }
            }

            foreach (var second in new[] { 0.5, 0.8, 1.0, 1.5, 2.0 })
            {
                Assert.False(Escapes(sent, second), string.Join(' ', sent));
            }
        }
    }

    private static bool Escapes(List<(double At, char Byte)> sent, double second)
    {
        for (var i = 0; i + 3 <= sent.Count; i++)
        {
            var isSilentBefore = i == 0 || sent[i].At - sent[i - 1].At >= second;
            var isSilentAfter = i + 3 == sent.Count || sent[i + 3].At - sent[i + 2].At >= second;
            var isTogether = sent[i + 1].At - sent[i].At < second && sent[i + 2].At - sent[i + 1].At < second;
            if (isSilentBefore && isSilentAfter && isTogether && sent.Skip(i).Take(3).All(byteAt => byteAt.Byte == '+'))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySequence<byte> Sequence(string text) => new(Encoding.ASCII.GetBytes(text));

    private long Grant(string block) => _guard.Grant(Sequence(block));

    private long Send(string block)
    {
        var granted = Grant(block);
        _guard.OnSent(Sequence(block[..(int)granted]));
        return granted;
    }
}
