using Sim800.Modem.At;

namespace Sim800.Modem.Tests.At;

public sealed class UrcRouterTests
{
    private static readonly UrcRow News = new("NEWS*", UrcKind.Other);

    private readonly UrcRouter _router = new();
    private readonly List<string> _heard = [];

    [Fact]
    public void Subscribers_hear_in_their_order_until_they_leave()
    {
        using var first = _router.Subscribe(urc => _heard.Add("first " + urc.Text));
        var second = _router.Subscribe(urc => _heard.Add("second " + urc.Text));
        _router.Route(News, new Urc(UrcKind.Other, -1, null), "NEWS 1"u8);
        second.Dispose();
        second.Dispose();
        _router.Route(News, new Urc(UrcKind.Other, -1, null), "NEWS 2"u8);
        Assert.Equal(["first NEWS 1", "second NEWS 1", "first NEWS 2"], _heard);
    }

    [Fact]
    public void A_numeric_line_hands_no_text_on()
    {
        using var subscription = _router.Subscribe(urc => _heard.Add($"{urc.Kind} {urc.Link} {urc.Text ?? "none"}"));
        _router.Route(News with { IsNumeric = true }, new Urc(UrcKind.Other, 3, null), "NEWS 1"u8);
        Assert.Equal(["Other 3 none"], _heard);
    }

    [Theory]
    [InlineData((int)UrcBody.Hex, "00AFaf", true)]
    [InlineData((int)UrcBody.Hex, "00AFag", false)]
    [InlineData((int)UrcBody.Text, "any text", true)]
    public void A_message_is_told_with_its_second_line(int body, string second, bool isIts)
    {
        using var subscription = _router.Subscribe(urc => _heard.Add($"{urc.Kind} {urc.Link} {urc.Text}"));
        Assert.False(_router.WantsSecondLine);
        _router.Route(News with { Body = (UrcBody)body }, new Urc(UrcKind.Other, -1, null), "NEWS"u8);
        Assert.True(_router.WantsSecondLine);
        Assert.Empty(_heard);
        Assert.Equal(isIts, _router.TryRouteSecondLine(System.Text.Encoding.ASCII.GetBytes(second)));
        Assert.False(_router.WantsSecondLine);
        Assert.Equal(isIts ? [$"Other -1 NEWS\r\n{second}"] : [], _heard);
    }

    [Fact]
    public void A_second_line_that_may_be_lost_is_not_waited_for()
    {
        _router.Route(News with { Body = UrcBody.Text }, new Urc(UrcKind.Other, -1, null), "NEWS"u8);
        _router.Reset();
        Assert.False(_router.WantsSecondLine);
    }
}
