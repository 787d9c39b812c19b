using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Faults;

/// <summary>One test a fault: exactly what the host sees.</summary>
public sealed class FaultTests
{
    private static EngineHost Quiet(params string[] faults)
    {
        var host = new EngineHost(new VirtualModemOptions { Faults = FaultPlan.Parse(faults) });
        host.Exchange("ATE0\r");
        return host;
    }

    private static EngineHost Connected(string fault)
    {
        var host = EngineHost.Connected();
        host.Strike(fault);
        return host;
    }

    [Fact]
    public void Boot_urcs_in_answer()
    {
        var host = Quiet();
        host.Strike("boot-urcs-in-answer");
        host.Says("AT+CPIN?\r", "\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nCall Ready\r\n\r\nSMS Ready\r\n\r\n+CPIN: READY\r\n\r\nOK\r\n");
        host.Says("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Network_time_in_answer()
    {
        var host = Quiet();
        host.Strike("network-time-in-answer");
        host.Says("AT+CIPSHUT\r", "\r\n*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0\r\n\r\nDST: 0\r\n\r\n+CIEV: 10,\"25001\",\"MTS RUS\",\"MTS RUS\", 0, 0\r\n\r\nSHUT OK\r\n");
    }

    [Theory]
    [InlineData("boot-urcs-in-answer=2", "\r\nRDY\r\n")]
    [InlineData("network-time-in-answer=2", "\r\nDST: 0\r\n")]
    public void What_gets_into_answers_several_times_gets_into_several_answers(string fault, string line)
    {
        var host = Quiet();
        host.Strike(fault);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(2, host.Exchange("AT+CSQ\r").Split(line).Length);
        }

        host.Says("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Deact_in_shut() => Connected("deact-in-shut").Says("AT+CIPSHUT\r", "\r\n+PDP: DEACT\r\n\r\nSHUT OK\r\n");

    [Fact]
    public void Late_connect_fail()
    {
        var host = EngineHost.Connectable();
        host.Strike("late-connect-fail=75s");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n");
        host.Hears("", 80);
        host.Says("AT+CSQ\r", "\r\n0, CONNECT FAIL\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
    }

    [Fact]
    public void Late_connect_fail_of_a_single_link()
    {
        var host = EngineHost.Connectable(settings: "AT\r");
        host.Strike("late-connect-fail=10s");
        host.Says("AT+CIPSTART=\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n");
        host.Wait(20);
        host.Says("AT+CSQ\r", "\r\nSTATE: TCP CLOSED\r\n\r\nCONNECT FAIL\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void A_late_failure_does_not_end_the_next_connection_of_its_link()
    {
        var host = EngineHost.Connectable();
        host.Strike("late-connect-fail=75s");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n");
        host.Says("AT+CIPCLOSE=0,1\r", "\r\n0, CLOSE OK\r\n");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        host.Wait(100);
        host.Says("AT+CIPSTATUS=0\r", "\r\n+CIPSTATUS: 0,0,\"TCP\",\"198.51.100.7\",\"80\",\"CONNECTED\"\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Time_server_fails()
    {
        var host = Quiet("time-server-fails=1");
        host.Exchange("AT+SAPBR=1,1;+CNTP=\"pool.ntp.org\",0\r");
        host.Says("AT+CNTP\r", "\r\nOK\r\n\r\n+CNTP: 62\r\n");
        host.Says("AT+CNTP\r", "\r\nOK\r\n\r\n+CNTP: 1\r\n");
    }

    [Fact]
    public void Repeated_receive_notice()
    {
        var host = Connected("repeated-receive-notice=2");
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 1,0\r\n\r\n+CIPRXGET: 1,0\r\n\r\n+CIPRXGET: 4,0,0\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Urc_before_read_final()
    {
        var host = Connected("urc-before-read-final");
        host.PeerSends("abc");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,3,0\r\nabc\r\n+CREG: 1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Urc_before_confirmation()
    {
        var host = Connected("urc-before-confirmation");
        host.Says("AT+CIPSEND=0,2\r", "\r\n> ");
        host.Says("hi", "\r\n+CREG: 1\r\n\r\nDATA ACCEPT:0,2\r\n");
    }

    [Fact]
    public void Echo_back()
    {
        var host = Connected("echo-back");
        host.Says("AT+CIPSEND=0,2\r", "AT+CIPSEND=0,2\r\r\n> ");
        host.Says("hi", "hi\r\nDATA ACCEPT:0,2\r\n");
    }

    [Fact]
    public void Send_fail()
    {
        var host = Connected("send-fail=2");
        for (var i = 0; i < 2; i++)
        {
            host.Says("AT+CIPSEND=0,2\r", "\r\n> ");
            host.Says("hi", "\r\n0, SEND FAIL\r\n");
        }

        host.Says("AT+CIPSEND=0,2\r", "\r\n> ");
        host.Says("hi", "\r\nDATA ACCEPT:0,2\r\n");
        Assert.Equal("hi"u8.ToArray(), host.SentToPeer);
    }

    [Fact]
    public void Slow_send()
    {
        var host = Connected("slow-send=10s");
        host.Says("AT+CIPSEND=0,2\r", "\r\n> ");
        host.Says("hi", "");
        host.Hears("", 8.9);
        host.Hears("\r\nDATA ACCEPT:0,2\r\n", 0.2);
    }

    [Fact]
    public void Remote_close()
    {
        var host = EngineHost.Connected();
        host.PeerSends("rest");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Strike("remote-close");
        host.Hears("\r\n0, CLOSED\r\n", 4);
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,4,0\r\nrest\r\nOK\r\n");
    }

    [Fact]
    public void Closed_in_send()
    {
        var host = Connected("closed-in-send");
        host.Says("AT+CIPSEND=0,2\r", "\r\n> ");
        host.Says("hi", "\r\n0, CLOSED\r\n");
        host.Says("AT+CIPSEND=0,2\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void Pdp_deact_at_an_age()
    {
        var host = EngineHost.Connectable(new VirtualModemOptions { Faults = FaultPlan.Parse("pdp-deact=60m") });
        host.Hears("", 3590);
        host.Hears("\r\n+PDP: DEACT\r\n", 15);
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nERROR\r\n");
        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
    }

    [Fact]
    public void Reboot()
    {
        var host = Connected("reboot");
        host.Hears("\u00FF\u00FE\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nCall Ready\r\n\r\nSMS Ready\r\n", 10);
        host.Says("AT+CIPSEND=0,2\r", "AT+CIPSEND=0,2\r\r\nERROR\r\n");
        Assert.Single(host.Closed);
    }

    [Fact]
    public void Mux_lost()
    {
        var host = Connected("mux-lost");
        host.Says("AT+CIPSEND=0,2\r", "\r\nERROR\r\n");
        host.Says("AT+CIPSTATUS=0\r", "\r\nERROR\r\n");
        host.Says("AT+CIPMUX?\r", "\r\n+CIPMUX: 0\r\n\r\nOK\r\n");
        foreach (var command in new[] { "+CIPSEND=1,63", "+CIPRXGET=2,1,63", "+CIPRXGET=4,1", "+CIPCLOSE=1,1", "+CIPACK=1", "+CIPSTATUS=1", "+CIPSTART=1,\"TCP\",\"1.2.3.4\",80" })
        {
            host.Says($"AT{command}\r", "\r\nERROR\r\n");
        }

        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        host.Says("AT+CIPMUX=1\r", "\r\nOK\r\n");
    }

    [Fact]
    public void Garble_is_the_same_for_the_same_seed()
    {
        var first = Noisy("garble=0.05", 7);
        Assert.Equal(first, Noisy("garble=0.05", 7));
        Assert.NotEqual(first, Noisy("garble=0.05", 8));
        Assert.NotEqual(Noisy("garble=0", 7), first);
    }

    [Fact]
    public void Byte_loss_is_the_same_for_the_same_seed()
    {
        var first = Noisy("byte-loss=0.02", 7);
        Assert.Equal(first, Noisy("byte-loss=0.02", 7));
        Assert.True(first.Length < Noisy("byte-loss=0", 7).Length);
    }

    [Theory]
    [InlineData("garble=0.05", 21, "\\rJRevisimn:!41\\xB8B05SIM800L24\\r\\n\\r\\nOK\\r\\n")]
    [InlineData("garble=0.05", 4, "\\r\\nERROR\\r\\n")]
    [InlineData("garble=0.05", 7, "")]
    [InlineData("byte-loss=0.05", 6, "\\r\\nRevision:141805SIM80024\\r\\nOK\\r\\n")]
    [InlineData("byte-loss=0.05", 24, "\\r\\nERROR\\r")]
    [InlineData("byte-loss=0.05", 11, "")]
    public void Noise_hits_commands_and_answers_and_is_the_same_on_every_machine(string fault, int seed, string answer)
    {
        var host = new EngineHost(new VirtualModemOptions { Seed = seed });
        host.Exchange("ATE0\r");
        host.Strike(fault);
        Assert.Equal(answer, EngineHost.Visible(host.Exchange("AT+GMR\r")));
    }

    [Fact]
    public void Truncated_read()
    {
        var host = Connected("truncated-read");
        host.PeerSends(new string('x', 20));
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,20,0\r\nxxxx\r\nOK\r\n");
    }

    [Fact]
    public void Zombie()
    {
        var host = Connected("zombie");
        host.Says("AT+CIPSEND=0,2\r", "\r\n> ");
        host.Says("hi", "\r\nDATA ACCEPT:0,2\r\n");
        host.PeerSends("unheard");
        host.PeerCloses();
        host.Hears("", 3600);
        host.Says("AT+CIPSTATUS=0\r", "\r\n+CIPSTATUS: 0,0,\"TCP\",\"198.51.100.7\",\"1883\",\"CONNECTED\"\r\n\r\nOK\r\n");
        host.Says("AT+CIPACK=0\r", "\r\n+CIPACK: 2,0,2\r\n\r\nOK\r\n");
        Assert.Empty(host.SentToPeer);
        host.Says("AT+CIPCLOSE=0,1\r", "\r\n0, CLOSE OK\r\n");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",1883\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        host.PeerSends("heard");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
    }

    [Fact]
    public void The_modems_own_probes_find_a_zombie()
    {
        var host = EngineHost.Connected();
        host.Says("AT+CIPTKA=1,60,30,3\r", "\r\nOK\r\n");
        host.Strike("zombie");
        host.Hears("", 148);
        host.Hears("\r\n0, CLOSED\r\n", 3);
    }

    [Fact]
    public void Silent_server()
    {
        var host = EngineHost.Connectable();
        host.Strike("silent-server");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        host.Says("AT+CIPSEND=0,2\r", "\r\n> ");
        host.Says("hi", "\r\nDATA ACCEPT:0,2\r\n");
        host.PeerSends("unheard");
        host.Hears("", 600);
        Assert.Equal("hi"u8.ToArray(), host.SentToPeer);
    }

    [Fact]
    public void Not_attached()
    {
        var host = Quiet("not-attached=2");
        host.Says("AT+CGATT?\r", "\r\n+CGATT: 0\r\n\r\nOK\r\n");
        host.Says("AT+CREG?;+CGATT?\r", "\r\n+CREG: 0,1\r\n\r\n+CGATT: 0\r\n\r\nOK\r\n");
        host.Says("AT+CGATT?\r", "\r\n+CGATT: 1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Connect_never()
    {
        var host = EngineHost.Connectable();
        host.Strike("connect-never");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n");
        host.Hears("", 600);
        host.Says("AT+CIPCLOSE=0,1\r", "\r\n0, CLOSE OK\r\n");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n");
        host.Hears("", 600);
        host.Exchange("AT+CFUN=1,1\r", 10);
        host.Says("ATE0;+CIPMUX=1;+CSTT\r", "ATE0;+CIPMUX=1;+CSTT\r\r\nOK\r\n");
        host.Says("AT+CIICR\r", "\r\nOK\r\n");
        host.Says("AT+CIFSR\r", "\r\n10.0.109.44\r\n");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
    }

    [Fact]
    public void Wrong_apn()
    {
        var host = Quiet("wrong-apn");
        host.Says("AT+CSTT=\"internet\"\r", "\r\nOK\r\n");
        host.Says("AT+CIICR\r", "\r\n+PDP: DEACT\r\n\r\nERROR\r\n");
    }

    [Fact]
    public void Prompt_lost()
    {
        var host = Connected("prompt-lost");
        host.Says("AT+CIPSEND=0,2\r", "");
        host.Says("hi", "\r\nDATA ACCEPT:0,2\r\n");
        host.Says("AT+CIPSEND=0,2\r", "\r\n> ");
    }

    [Fact]
    public void Brown_out()
    {
        var host = Connected("brown-out");
        host.Says("AT+CIPSEND=0,2\r", "\r\n> ");
        host.Send("hi");
        host.Hears("\r\nUNDER-VOLTAGE WARNNING\r\n\u00FF\u00FE\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nCall Ready\r\n\r\nSMS Ready\r\n", 10);
        Assert.Empty(host.SentToPeer);
    }

    [Fact]
    public void Under_voltage() =>
        EngineHost.Connected().StrikesAndHears("under-voltage=3", "\r\nUNDER-VOLTAGE WARNNING\r\nUNDER-VOLTAGE WARNNING\r\nUNDER-VOLTAGE WARNNING\r\n");

    [Fact]
    public void Registration_lost()
    {
        var host = Connected("registration-lost=30s");
        host.Hears("\r\n+PDP: DEACT\r\n");
        host.Says("AT+CREG?\r", "\r\n+CREG: 0,2\r\n\r\nOK\r\n");
        host.Wait(30);
        host.Says("AT+CREG?;+CGATT?\r", "\r\n+CREG: 0,1\r\n\r\n+CGATT: 1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Registration_denied() => Quiet("registration-denied").Says("AT+CREG?;+CGATT?\r", "\r\n+CREG: 0,3\r\n\r\n+CGATT: 0\r\n\r\nOK\r\n");

    [Fact]
    public void Gprs_refused()
    {
        var host = Quiet("gprs-refused");
        host.Exchange("AT+CMEE=2\r");
        host.Says("AT+CREG?;+CGREG?;+CGATT?\r", "\r\n+CREG: 0,1\r\n\r\n+CGREG: 0,3\r\n\r\n+CGATT: 0\r\n\r\nOK\r\n");
        host.Says("AT+CGATT=1\r", "\r\n+CME ERROR: GPRS services not allowed\r\n");
        host.Says("AT+CSTT\r", "\r\nOK\r\n");
        host.Says("AT+CIICR\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void No_sim()
    {
        var host = Quiet("no-sim");
        host.Exchange("AT+CMEE=1\r");
        host.Says("AT+CPIN?\r", "\r\n+CME ERROR: 10\r\n");
    }

    [Fact]
    public void Sim_busy()
    {
        var host = Quiet("sim-busy=5s");
        host.Exchange("AT+CMEE=2\r");
        host.Says("AT+CPIN?\r", "\r\n+CME ERROR: SIM busy\r\n");
        host.Wait(5);
        host.Says("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
        host.Says("AT+CREG?\r", "\r\n+CREG: 0,1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Hang()
    {
        var host = Connected("hang=60s");
        host.Says("AT\rAT\r", "");
        host.PeerSends("unheard");
        host.Hears("", 55);
        host.Wait(10);
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Fact]
    public void Slow_answers()
    {
        var host = Connected("slow-answers=3s");
        host.Says("AT\r", "");
        host.Hears("", 1.9);
        host.Hears("\r\nOK\r\n", 0.3);
    }

    [Fact]
    public void Missing_receive_notice()
    {
        var host = Connected("missing-receive-notice");
        host.PeerSends("abc");
        host.Hears("", 60);
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,3\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Short_accept()
    {
        var host = Connected("short-accept");
        host.Says("AT+CIPSEND=0,5\r", "\r\n> ");
        host.Says("hello", "\r\nDATA ACCEPT:0,2\r\n");
        Assert.Equal("he"u8.ToArray(), host.SentToPeer);
    }

    [Fact]
    public void Power_down()
    {
        var host = EngineHost.Connected();
        host.StrikesAndHears("power-down", "\r\nUNDER-VOLTAGE POWER DOWN\r\n");
        host.Says("AT\r", "");
    }

    [Fact]
    public void Incoming_message() => EngineHost.Connected().StrikesAndHears("incoming-message", "\r\n+CMTI: \"SM\",1\r\n");

    [Fact]
    public void Incoming_call()
    {
        var host = EngineHost.Connected();
        host.Strike("incoming-call=2");
        host.Hears("\r\nRING\r\n", 2);
        host.Hears("\r\nRING\r\n\r\nNO CARRIER\r\n", 10);
    }

    [Fact]
    public void Echo_only()
    {
        var host = EngineHost.Connected();
        host.Strike("echo-only");
        host.Says("AT\r", "AT\r");
        host.PeerSends("lost");
        host.Says("AT+CIPRXGET=2,0,10\r\n", "AT+CIPRXGET=2,0,10\r\n");
        host.Engine.Faults.Mend(FaultKind.EchoOnly);
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Theory]
    [InlineData("error=AT+CIICR", "AT+CIICR")]
    [InlineData("error=at+ciicr", "AT+CIICR")]
    [InlineData("error=ATE", "ATE0")]
    [InlineData("error=ATE0", "ATE0")]
    [InlineData("error=AT&D", "AT&D1")]
    [InlineData("error=AT", "AT")]
    [InlineData("error=AT+CPIN?", "AT+CPIN?")]
    [InlineData("error=AT+CSTT=", "AT+CSTT=\"a\"")]
    [InlineData("error=AT+CSQ", "AT+CBC;+CSQ")]
    public void Error_to_a_named_command(string fault, string line)
    {
        var host = Quiet();
        host.Strike(fault);
        Assert.EndsWith("\r\nERROR\r\n", host.Exchange(line + "\r"), StringComparison.Ordinal);
        host.Says("AT\r", "\r\nOK\r\n");
        host.Says("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Error_to_one_form_leaves_the_others_alone()
    {
        var host = Quiet("error=AT+CREG?,2");
        host.Says("AT+CREG=0\r", "\r\nOK\r\n");
        host.Says("AT+CREG?\r", "\r\nERROR\r\n");
        host.Says("AT+CREG?\r", "\r\nERROR\r\n");
        host.Says("AT+CREG?\r", "\r\n+CREG: 0,1\r\n\r\nOK\r\n");
    }

    [Theory]
    [InlineData("mute=AT+CMEE", "AT+CMEE=1")]
    [InlineData("mute=AT+CIPMUX", "AT+CIPMUX=1;+CIPQSEND=1")]
    [InlineData("mute=AT", "AT")]
    public void Mute(string fault, string line)
    {
        var host = Quiet();
        host.Strike(fault);
        host.Says(line + "\r", "");
        host.Says("AT+CMEE?;+CIPMUX?\r", "\r\n+CMEE: 0\r\n\r\n+CIPMUX: 0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Restart_at_a_command()
    {
        var host = Quiet("restart=AT+CIICR");
        host.Exchange("AT+CSTT\r");
        Assert.StartsWith("\u00FF\u00FE", host.Exchange("AT+CIICR\r"), StringComparison.Ordinal);
        Assert.Contains("SMS Ready", host.Wait(10), StringComparison.Ordinal);
        Assert.Equal(2, host.Engine.Counters.Boots);
        host.Exchange("ATE0\r");
        host.Exchange("AT+CSTT\r");
        host.Says("AT+CIICR\r", "\r\nOK\r\n");
    }

    [Fact]
    public void Lose_byte()
    {
        var host = Quiet();
        host.Strike("lose-byte=3");
        host.Says("AT+CSQ\r", "\r\nCSQ: 21,0\r\n\r\nOK\r\n");
        host.Says("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Lose_host_byte()
    {
        var host = Quiet();
        host.Strike("lose-host-byte=4");
        host.Says("AT+CSQ\r", "\r\nERROR\r\n");
        host.Says("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void No_network()
    {
        var host = EngineHost.Connected();
        host.StrikesAndHears("no-network", "\r\n+PDP: DEACT\r\n");
        host.Says("AT+CREG?;+CSQ;+COPS?\r", "\r\n+CREG: 0,2\r\n\r\n+CSQ: 99,0\r\n\r\n+COPS: 0\r\n\r\nOK\r\n");
        host.Says("AT+COPS=?\r", "");
        host.Hears("\r\n+COPS: ,,(0-4),(0-2)\r\n\r\nOK\r\n", 5);
        host.Says("AT+COPS=0;+CREG?\r", "\r\n+CREG: 0,2\r\n\r\nOK\r\n");
        host.Engine.Faults.Mend(FaultKind.NoNetwork);
        host.Wait(2);
        host.Says("AT+CREG?;+CSQ\r", "\r\n+CREG: 0,1\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Late_ready()
    {
        var host = EngineHost.Connected();
        host.StrikesAndHears("late-ready", "\r\nCall Ready\r\n\r\nSMS Ready\r\n");
        host.Says("AT+CIPSTATUS=0\r", "\r\n+CIPSTATUS: 0,0,\"TCP\",\"198.51.100.7\",\"1883\",\"CONNECTED\"\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Pin_without_result()
    {
        var host = Quiet("pin-without-result");
        host.Says("AT+CPIN?\r", "\r\n+CPIN: READY\r\n");
        host.Says("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Cstt_restart()
    {
        var host = Quiet("cstt-restart");
        Assert.StartsWith("\r\nERROR\r\n\u00FF\u00FE", host.Exchange("AT+CSTT=\"internet\"\r"), StringComparison.Ordinal);
        Assert.Contains("Call Ready", host.Wait(10), StringComparison.Ordinal);
        host.Exchange("ATE0\r");
        host.Says("AT+CSTT=\"internet\"\r", "\r\nOK\r\n");
    }

    [Fact]
    public void Send_limit()
    {
        var host = Connected("send-limit=512");
        Assert.StartsWith("\r\n+CIPSEND: 0,512\r\n", host.Exchange("AT+CIPSEND?\r"), StringComparison.Ordinal);
        host.Says("AT+CIPSEND=0,698\r", "\r\nERROR\r\n");
        host.Says("AT+CIPSEND=0,512\r", "\r\n> ");
        host.Says(new string('x', 512), "\r\nDATA ACCEPT:0,512\r\n");
    }

    [Fact]
    public void Accept_damaged()
    {
        var host = Connected("accept-damaged");
        host.Exchange("AT+CIPSEND=0,2\r");
        host.Says("hi", "\r\nDATA ACCEPT:02\r\n");
        host.Exchange("AT+CIPSEND=0,2\r");
        host.Says("hi", "\r\nDATA ACCEPT:0,2\r\n");
    }

    [Theory]
    [InlineData("no-sim", FaultKind.NoSim)]
    [InlineData("registration-denied", FaultKind.RegistrationDenied)]
    [InlineData("gprs-refused", FaultKind.GprsRefused)]
    [InlineData("no-network", FaultKind.NoNetwork)]
    public void A_fault_that_lasts_can_be_mended(string fault, FaultKind kind)
    {
        var host = Quiet(fault);
        host.Wait(5);
        host.Engine.Faults.Mend(kind);
        host.Wait(5);
        host.Says("AT+CPIN?;+CREG?;+CGATT?\r", "\r\n+CPIN: READY\r\n\r\n+CREG: 0,1\r\n\r\n+CGATT: 1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void A_fault_that_waits_can_be_mended_before_it_strikes()
    {
        var host = Connected("send-fail=3");
        host.Strike("error=AT+CSQ");
        host.Strike("send-limit=10");
        host.Strike("byte-loss=1");
        foreach (var kind in new[] { FaultKind.SendFail, FaultKind.AnswerError, FaultKind.SendLimit, FaultKind.ByteLoss })
        {
            host.Engine.Faults.Mend(kind);
        }

        host.Says("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
        host.Exchange("AT+CIPSEND=0,20\r");
        host.Says(new string('x', 20), "\r\nDATA ACCEPT:0,20\r\n");
    }

    [Fact]
    public void A_fault_with_a_time_waits_for_it()
    {
        var host = Quiet("incoming-message@100s", "incoming-call=1@50s");
        host.Hears("\r\nRING\r\n\r\nNO CARRIER\r\n", 60);
        host.Hears("\r\n+CMTI: \"SM\",1\r\n", 60);
    }

    private static string Noisy(string fault, int seed)
    {
        var host = new EngineHost(new VirtualModemOptions { Faults = FaultPlan.Parse(fault), Seed = seed });
        return string.Concat(Enumerable.Range(0, 50).Select(_ => host.Exchange("AT+CSQ\r")));
    }
}
