using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Commands;

public sealed class SerialCommandTests
{
    [Fact]
    public void A_new_rate_holds_after_the_OK()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says("AT+IPR=9600\r", "\r\nOK\r\n");
        Assert.NotEqual("\r\nOK\r\n", host.Exchange("AT\r"));
        host.Engine.Rate.Host = 9600;
        host.Says("AT\r", "\r\nOK\r\n");
        host.Says("AT+IPR?\r", "\r\n+IPR: 9600\r\n\r\nOK\r\n");
        host.Says("AT+IPR=12345\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_long_answer_before_the_new_rate_is_still_at_the_old_one()
    {
        var host = new EngineHost(new VirtualModemOptions { BaudRate = 1200 });
        host.Exchange("ATE0\r", 5);
        var said = host.Exchange("AT&V;+IPR=9600\r", 10);
        Assert.StartsWith("\r\nDEFAULT PROFILE\r\n", said, StringComparison.Ordinal);
        Assert.EndsWith("\r\nOK\r\n", said, StringComparison.Ordinal);
        Assert.Equal(9600, host.Engine.Rate.Modem);
    }

    [Fact]
    public void At_the_wrong_rate_nothing_is_understood_on_either_side()
    {
        var host = new EngineHost(new VirtualModemOptions { BaudRate = 115_200, StartsAtPowerOn = true });
        host.Engine.Rate.Host = 9600;
        var boot = host.Wait(10);
        Assert.NotEmpty(boot);
        Assert.All(boot, character => Assert.True(character >= 0x80, "garbage only"));
        Assert.DoesNotContain("OK", host.Exchange("ATE0\rAT\rAT\r"), StringComparison.Ordinal);
        Assert.Equal(0, host.Engine.Counters.CommandLines);
    }

    [Fact]
    public void A_rate_set_and_saved_survives_a_reset_and_one_only_set_does_not()
    {
        var host = new EngineHost();
        host.Exchange("ATE0;+IPR=57600\r");
        host.Engine.Rate.Host = 57_600;
        host.Exchange("AT&W\r");
        host.Exchange("AT+IPR=9600\r");
        host.Engine.Rate.Host = 9600;
        host.Exchange("AT+CFUN=1,1\r", 0.5);
        host.Engine.Rate.Host = 57_600;
        host.Wait(10);
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Fact]
    public void Autobauding_finds_the_host_at_its_first_AT()
    {
        var host = new EngineHost(new VirtualModemOptions { AutoBaud = true });
        host.Engine.Rate.Host = 19_200;
        host.Says("xx\r", "");
        host.Says("AT\r", "AT\r\r\nOK\r\n");
        Assert.Equal(19_200, host.Engine.Rate.Modem);
    }

    [Fact]
    public void A_sleeping_modem_loses_the_bytes_that_wake_it()
    {
        var host = new EngineHost();
        host.Exchange("ATE0;+CSCLK=2\r");
        host.Wait(6);
        host.Says("AT\r", "");
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Fact]
    public void With_DTR_off_the_port_may_sleep()
    {
        var host = new EngineHost();
        host.Exchange("ATE0;+CSCLK=1\r");
        host.Engine.Serial.IsDtrOn = false;
        host.Says("AT\r", "");
        host.Engine.Serial.IsDtrOn = true;
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Fact]
    public void Without_flow_control_a_busy_modem_loses_what_its_buffer_cannot_hold_and_with_it_nothing()
    {
        Assert.True(AnswersAfterBurst(new EngineHost(), "AT+IFC=0,0\r") < 3000);
        Assert.Equal(3000, AnswersAfterBurst(new EngineHost(), "AT+IFC=2,2\r"));
    }

    private static int AnswersAfterBurst(EngineHost host, string flowControl)
    {
        host.Exchange("ATE0\r");
        host.Exchange(flowControl);
        host.Send("AT+COPS=?\r" + string.Concat(Enumerable.Repeat("AT\r", 3000)));
        var said = host.Wait(60);
        return (said.Length - said.Replace("\r\nOK\r\n", "", StringComparison.Ordinal).Length) / 6 - 1;
    }
}
