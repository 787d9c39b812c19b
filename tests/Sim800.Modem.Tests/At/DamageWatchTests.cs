using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using TestKit;

namespace Sim800.Modem.Tests.At;

public sealed class DamageWatchTests : ICountedDataSink
{
    private readonly ManualTimeProvider _clock = new();
    private readonly DamageWatch _watch;
    private int _told;

    public DamageWatchTests() => _watch = new DamageWatch(new AtChannelOptions
    {
        Tables = new Sim800Dialect().Tables,
        Urcs = new UrcRouter(),
        Data = this,
        Logger = NullLogger.Instance,
        Clock = _clock,
        OnFault = _ => { },
        OnBadLine = () => _told++,
        OnEcho = () => { },
    });

    [Fact]
    public void Two_within_a_minute_are_the_line_and_it_is_told_once()
    {
        _watch.Begin();
        Note("x");
        Assert.Equal((false, 0), (_watch.IsLineBad, _told));
        _clock.Advance(TimeSpan.FromSeconds(59));
        Note("y");
        Assert.Equal((true, 1, 2L), (_watch.IsLineBad, _told, _watch.Total));
        Note("z");
        Assert.Equal((true, 1, 3L), (_watch.IsLineBad, _told, _watch.Total));
    }

    [Fact]
    public void Two_a_minute_apart_may_be_anything()
    {
        _watch.Begin();
        Note("x");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Note("y");
        Assert.Equal((false, 0, 2L), (_watch.IsLineBad, _told, _watch.Total));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Note("z");
        Assert.Equal((true, 1), (_watch.IsLineBad, _told));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_watch.IsLineBad);
    }

    [Fact]
    public void Before_the_watch_begins_nothing_is_damage_and_a_new_one_begins_anew()
    {
        Note("x");
        Note("y");
        Assert.Equal((false, 0L), (_watch.IsLineBad, _watch.Total));
        _watch.Begin();
        Note("x");
        _watch.Begin();
        Note("y");
        Assert.Equal((false, 0, 2L), (_watch.IsLineBad, _told, _watch.Total));
    }

    [Fact]
    public void An_answer_is_one_of_late_for_a_minute()
    {
        Assert.False(_watch.HasAnsweredLately);
        _watch.Begin();
        Assert.True(_watch.HasAnsweredLately);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True(_watch.HasAnsweredLately);
        _watch.NoteAnswer();
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True(_watch.HasAnsweredLately);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_watch.HasAnsweredLately);
    }

    [Theory]
    [InlineData("+CXYZ: 1", false)]
    [InlineData("AT+CSQ", false)]
    [InlineData("OK", false)]
    [InlineData("ERROR", false)]
    [InlineData("OK1", true)]
    [InlineData("noise", true)]
    public void A_line_that_a_modem_may_say_is_none(string line, bool isDamage)
    {
        _watch.Begin();
        Note(line);
        Assert.Equal(isDamage ? 1 : 0, _watch.Total);
    }

    [Theory]
    [InlineData("+CXYZ: 1", true)]
    [InlineData("*PSX:1", true)]
    [InlineData("^MODE: 5", true)]
    [InlineData("+A:", true)]
    [InlineData("+:", false)]
    [InlineData("CXYZ: 1", false)]
    [InlineData("+CX", false)]
    [InlineData("+cx: 1", false)]
    [InlineData("+C X: 1", false)]
    public void News_has_the_form_of_an_extended_result_code(string line, bool isNews) =>
        Assert.Equal(isNews, DamageWatch.IsNews(Encoding.ASCII.GetBytes(line)));

    void ICountedDataSink.BeginRead(int link, int count, int left) => throw new NotSupportedException();

    void ICountedDataSink.BeginPush(int link, int count) => throw new NotSupportedException();

    void ICountedDataSink.BeginTransparent() => throw new NotSupportedException();

    void ICountedDataSink.Append(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    void ICountedDataSink.Slip() => throw new NotSupportedException();

    private void Note(string line) => _watch.Note(Encoding.ASCII.GetBytes(line));
}
