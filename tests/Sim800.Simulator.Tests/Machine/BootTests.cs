namespace Sim800.Simulator.Tests.Machine;

public sealed class BootTests
{
    [Fact]
    public void A_fixed_rate_boot_tells_everything()
    {
        var host = new EngineHost(new VirtualModemOptions { StartsAtPowerOn = true });
        host.Hears(
            "\0IIII\u00FF\u00FF\u00FF\u00FF\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nCall Ready\r\n\r\nSMS Ready\r\n",
            10);
        host.Says("AT+CREG?\r", "AT+CREG?\r\r\n+CREG: 0,1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void With_autobauding_nothing_is_told_before_the_rate_is_known()
    {
        var host = new EngineHost(new VirtualModemOptions { StartsAtPowerOn = true, AutoBaud = true });
        host.Hears("\0IIII\u00FF\u00FF\u00FF\u00FF", 20);
        host.Says("AT\r", "AT\r\r\nOK\r\n");
        host.Says("AT+IPR?\r", "AT+IPR?\r\r\n+IPR: 0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void With_autobauding_the_last_boot_lines_come_when_the_rate_is_found_in_time()
    {
        var host = new EngineHost(new VirtualModemOptions { StartsAtPowerOn = true, AutoBaud = true });
        host.Wait(3.5);
        host.Says("AT\r", "AT\r\r\nOK\r\n");
        host.Hears("\r\nCall Ready\r\n\r\nSMS Ready\r\n", 5);
    }

    [Fact]
    public void The_modem_answers_before_it_says_that_it_is_ready()
    {
        var host = new EngineHost(new VirtualModemOptions { StartsAtPowerOn = true });
        host.Wait(3.29);
        host.Send("AT\r");
        Assert.Empty(host.Wait(0.009).Trim('\0', 'I', '\u00FF'));
        host.Wait(0.02);
        host.Send("AT\r");
        Assert.StartsWith("AT\r\r\nOK\r\n", host.Wait(0.2));
    }

    [Fact]
    public void A_locked_SIM_says_so_and_the_rest_waits_for_the_PIN()
    {
        var host = new EngineHost(new VirtualModemOptions { StartsAtPowerOn = true, Pin = "1234" });
        host.Hears("\0IIII\u00FF\u00FF\u00FF\u00FF\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: SIM PIN\r\n", 10);
        host.Says("AT+CPIN=1234\r", "AT+CPIN=1234\r\r\nOK\r\n\r\n+CPIN: READY\r\n");
        host.Hears("\r\nCall Ready\r\n\r\nSMS Ready\r\n", 3);
        host.Says("AT+CREG?\r", "AT+CREG?\r\r\n+CREG: 0,1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void A_reset_answers_first_and_forgets_what_was_not_saved()
    {
        var host = EngineHost.Connected();
        host.Says("AT+CFUN=1,1\r", "\r\nOK\r\n\u00FF\u00FE");
        Assert.Single(host.Closed);
        host.Hears("\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nCall Ready\r\n\r\nSMS Ready\r\n", 10);
        host.Says("AT+CIPMUX?\r", "AT+CIPMUX?\r\r\n+CIPMUX: 0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void What_was_saved_survives_a_reset()
    {
        var host = new EngineHost();
        host.Exchange("ATE0;+CMEE=2;&W\r");
        host.Exchange("AT+CIPQSEND=1;+CIPSCONT\r");
        host.Exchange("AT+CFUN=1,1\r", 10);
        host.Says("AT+CMEE?\r", "\r\n+CMEE: 2\r\n\r\nOK\r\n");
        host.Says("AT+CIPQSEND?\r", "\r\n+CIPQSEND: 1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Power_down_says_good_bye_and_nothing_more()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says("AT+CPOWD=1\r", "\r\nNORMAL POWER DOWN\r\n");
        host.Says("AT\r", "");
    }

    [Fact]
    public void An_urgent_power_down_says_nothing()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says("AT+CPOWD=0\r", "");
        host.Says("AT\r", "");
    }

    [Fact]
    public void The_power_key_switches_off_and_on_again()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Engine.Power.PressKey(TimeSpan.FromSeconds(0.9));
        host.Says("AT\r", "\r\nOK\r\n");
        host.Engine.Power.PressKey(TimeSpan.FromSeconds(1));
        host.Hears("\r\nNORMAL POWER DOWN\r\n", 1);
        host.Says("AT\r", "");
        host.Engine.Power.PressKey(TimeSpan.FromSeconds(1));
        host.Engine.Power.PressKey(TimeSpan.FromSeconds(1)); // while it boots
        host.Hears("\0IIII\u00FF\u00FF\u00FF\u00FF\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nCall Ready\r\n\r\nSMS Ready\r\n", 10);
    }

    [Fact]
    public void A_modem_that_hangs_hears_its_power_key_only_when_it_is_held()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Strike("hang=1h");
        host.Engine.Power.PressKey(TimeSpan.FromSeconds(2));
        host.Says("AT\r", "");
        host.Engine.Power.PressKey(TimeSpan.FromSeconds(34));
        host.Hears("\u00FF\u00FE\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nCall Ready\r\n\r\nSMS Ready\r\n", 10);
        host.Says("AT\r", "AT\r\r\nOK\r\n");
        host.Wait(3600);
        host.Says("AT\r", "AT\r\r\nOK\r\n");
    }

    [Fact]
    public void The_reset_pin_restarts_a_modem_that_hangs()
    {
        var host = new EngineHost();
        host.Strike("hang=1h");
        host.Engine.Power.PressReset();
        host.Wait(10);
        host.Says("AT\r", "AT\r\r\nOK\r\n");
        host.Exchange("AT+CPOWD=0\r");
        host.Engine.Power.PressReset();
        host.Wait(10);
        host.Says("AT\r", "");
    }
}
