using Sim800.Modem.Links;

namespace Sim800.Modem.Tests.Links;

public sealed class SendWindowTests
{
    [Fact]
    public void Without_a_limit_everything_may_go()
    {
        var window = new SendWindow(null);
        window.OnSent(long.MaxValue / 2);
        Assert.Equal(1460, window.Grant(1460));
    }

    [Fact]
    public void With_one_the_rest_waits_for_the_acknowledgement_of_what_went_before()
    {
        var window = new SendWindow(1000);
        Assert.Equal(1000, window.Grant(1460));
        window.OnSent(600);
        Assert.Equal(400, window.Grant(400));
        Assert.Equal(0, window.Grant(401)); // less than half a window is not worth a command
        window.OnAnswer(500);
        Assert.Equal(500, window.Grant(1460));
        window.OnAnswer(1200);
        Assert.Equal(0, window.Grant(1));
    }

    [Fact]
    public void A_modem_that_does_not_say_holds_nothing_back()
    {
        var window = new SendWindow(256);
        window.OnSent(256);
        Assert.Equal(0, window.Grant(10));
        window.OnAnswer(null);
        Assert.Equal(10, window.Grant(10));
        window.OnAnswer(-1);
        Assert.Equal(256, window.Grant(int.MaxValue));
    }
}
