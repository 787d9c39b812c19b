using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Lte;

/// <summary>Boot, identity, power, registration, contexts, clock and names of the LTE modules.</summary>
public sealed class LteModuleTests
{
    public static TheoryData<VirtualModemModel> Models => LteHost.Models;

    [Fact]
    public void An_A7670_boots_as_it_was_seen_to()
    {
        var host = new EngineHost(new VirtualModemOptions { Model = VirtualModemModel.A7670E, StartsAtPowerOn = true });
        host.Hears("", 10);
        host.Hears("\r\n*ATREADY: 1\r\n", 2);
        host.Says("ATE0\r", "ATE0\r\r\nOK\r\n", 0.5);
        host.Says("AT+CPIN?\r", "\r\n+CME ERROR: SIM failure\r\n", 0.5);
        host.Hears("\r\n+CPIN: READY\r\n\r\nSMS DONE\r\n\r\n+CGEV: EPS PDN ACT 1\r\n", 3);
        host.Hears("\r\nPB DONE\r\n", 5);
    }

    [Fact]
    public void A_SIM7600_boots_as_it_was_seen_to()
    {
        var host = new EngineHost(new VirtualModemOptions { Model = VirtualModemModel.Sim7600E, StartsAtPowerOn = true });
        host.Hears("", 22);
        host.Hears("\r\nRDY\r\n\r\n+CPIN: READY\r\n\r\nSMS DONE\r\n\r\nPB DONE\r\n", 10);
    }

    [Fact]
    public void A_SIM7000_boots_as_it_was_seen_to()
    {
        var host = new EngineHost(new VirtualModemOptions { Model = VirtualModemModel.Sim7000G, StartsAtPowerOn = true });
        host.Hears("\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nSMS Ready\r\n", 10);
    }

    [Theory]
    [InlineData("AT+CRESET\r")]
    [InlineData("AT+CFUN=1,1\r")]
    [InlineData("AT+CFUN=6\r")]
    public void A_reset_of_an_A7670_puts_a_NUL_before_its_boot_line_and_brings_the_echo_back(string command)
    {
        var host = LteHost.Quiet(VirtualModemModel.A7670E);
        host.Says("AT&W\r", "\r\nOK\r\n");
        host.Send(command);
        host.Hears("\r\nOK\r\n\0\r\n*ATREADY: 1\r\n\r\n+CPIN: READY\r\n\r\nSMS DONE\r\n\r\n+CGEV: EPS PDN ACT 1\r\n\r\nPB DONE\r\n", 30);
        host.Says("AT+CMEE?\r", "AT+CMEE?\r\r\n+CMEE: 2\r\n\r\nOK\r\n");
    }

    [Fact]
    public void The_identity_of_an_A7670_is_a_block()
    {
        var host = new EngineHost(new VirtualModemOptions { Model = VirtualModemModel.A7670E });
        host.Says(
            "AT+SIMCOMATI\r",
            "AT+SIMCOMATI\r\r\nManufacturer: INCORPORATED\r\nModel: A7670E-FASE\r\nRevision: A011B09A7670M7_F\r\nA7670M7_B09V01_250619\r\nQCN:\r\nIMEI: 867717031234567\r\nMEID:\r\n"
            + "+GCAP: +CGSM,+FCLASS,+DS\r\nDeviceInfo:\r\n\r\nOK\r\n");
        host.Exchange("ATE0\r");
        host.Says("ATI\r", "\r\nManufacturer: INCORPORATED\r\nModel: A7670E-FASE\r\nRevision: A7670M7_V1.11.1\r\nIMEI: 867717031234567\r\n+GCAP: +CGSM,+FCLASS,+DS\r\n\r\nOK\r\n");
        host.Says("AT+CGMM\r", "\r\nA7670E-FASE\r\n\r\nOK\r\n");
        host.Says("AT+CGMR\r", "\r\n+CGMR: A7670M7_V1.11.1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void The_identity_of_a_SIM7600_is_a_block()
    {
        var host = LteHost.Quiet(VirtualModemModel.Sim7600E);
        host.Says("ATI\r", "\r\nManufacturer: SIMCOM INCORPORATED\r\nModel: SIMCOM_SIM7600E\r\nRevision: SIM7600E_V2.0\r\nSVN: 03\r\nIMEI: 867717031234567\r\n+GCAP: +CGSM\r\n\r\nOK\r\n");
        host.Says("AT+CGMM\r", "\r\nSIMCOM_SIM7600E\r\n\r\nOK\r\n");
        Assert.Contains("\r\nDeviceInfo: 173,170\r\n", host.Exchange("AT+SIMCOMATI\r"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Numbers_of_module_and_card_are_told(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CGSN\r", "\r\n867717031234567\r\n\r\nOK\r\n");
        host.Says("AT+SIMEI?\r", "\r\n+SIMEI: 867717031234567\r\n\r\nOK\r\n");
        host.Says("AT+CICCID\r", "\r\n+ICCID: 8949201234567890123F\r\n\r\nOK\r\n");
        host.Says("AT+CBC\r", "\r\n+CBC: 4.012V\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_PIN_is_asked_for_and_its_lines_follow(VirtualModemModel model)
    {
        var host = LteHost.Quiet(LteHost.Options(model) with { Pin = "1234" });
        host.Says("AT+CPIN?\r", "\r\n+CPIN: SIM PIN\r\n\r\nOK\r\n");
        host.Says("AT+CPIN=0000\r", "\r\n+CME ERROR: incorrect password\r\n");
        host.Says("AT+CPIN=1234\r", "\r\nOK\r\n\r\n+CPIN: READY\r\n", 0.5);
        Assert.StartsWith("\r\nSMS DONE\r\n", host.Wait(6), StringComparison.Ordinal);
        host.Says("AT+CPIN=1234\r", "\r\n+CME ERROR: operation not allowed\r\n");
    }

    [Theory]
    [InlineData(VirtualModemModel.A7670E, "+CPSI: LTE,Online,262-01,0x2F4A,12345678,318,EUTRAN-BAND3,1650,5,0,20,47,39,12")]
    [InlineData(VirtualModemModel.Sim7600E, "+CPSI: LTE,Online,262-01,0x2F4A,12345678,318,EUTRAN-BAND3,1650,5,0,-100,-930,-710,12")]
    public void Levels_are_in_the_unit_of_the_module(VirtualModemModel model, string answer)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CSQ\r", "\r\n+CSQ: 21,99\r\n\r\nOK\r\n");
        host.Says("AT+CPSI?\r", $"\r\n{answer}\r\n\r\nOK\r\n");
        host.Strike("no-network");
        host.Wait(1);
        host.Says("AT+CPSI?\r", "\r\n+CPSI: NO SERVICE,Online\r\n\r\nOK\r\n");
        host.Exchange("AT+CFUN=0\r", 3);
        host.Says("AT+CPSI?\r", "\r\n+CPSI: NO SERVICE, Low Power Mode\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_registration_is_told_with_one_field_less_than_it_is_answered(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CEREG=2\r", "\r\nOK\r\n");
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 2,1,\"2F4A\",\"00BC614E\",7\r\n\r\nOK\r\n");
        host.StrikesAndHears("registration-lost=5s", "\r\n+CEREG: 2\r\n");
        host.Hears("\r\n+CEREG: 1,\"2F4A\",\"00BC614E\",7\r\n", 5);
        host.Says("AT+COPS=3,2\r", "\r\nOK\r\n");
        host.Says("AT+COPS?\r", "\r\n+COPS: 0,2,\"26201\",7\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_wrong_access_point_is_refused_at_the_attach_and_not_before(VirtualModemModel model)
    {
        var host = LteHost.Quiet(LteHost.Options(model) with { Apn = "internet" });
        host.Says("AT+CGDCONT=1,\"IP\",\"wrong\"\r", "\r\nOK\r\n");
        host.Says("AT+CGDCONT?\r", "\r\n+CGDCONT: 1,\"IP\",\"wrong\",\"0.0.0.0\",0,0\r\n\r\nOK\r\n");
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
        Reattach(host);
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,3\r\n\r\nOK\r\n");
        host.Says("AT+CGATT?\r", "\r\n+CGATT: 0\r\n\r\nOK\r\n");
        host.Says("AT+CGPADDR=1\r", "\r\n+CGPADDR: 1,0.0.0.0\r\n\r\nOK\r\n");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 1\r\n");
        host.Says("AT+CGDCONT=1,\"IPV4V6\",\"internet\"\r", "\r\nOK\r\n");
        Reattach(host);
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
        host.Says("AT+CGPADDR=1\r", "\r\n+CGPADDR: 1,10.0.109.44\r\n\r\nOK\r\n");
    }

    [Theory]
    [InlineData("", "\"secret\",\"user\"", true)]
    [InlineData("", "\"user\",\"secret\"", false)]
    [InlineData("cgauth-user-first", "\"user\",\"secret\"", true)]
    [InlineData("cgauth-user-first", "\"secret\",\"user\"", false)]
    public void A_login_is_taken_in_the_order_of_the_firmware(string fault, string login, bool isTaken)
    {
        var options = LteHost.Options(VirtualModemModel.A7670E) with { ApnUser = "user", ApnPassword = "secret" };
        var host = LteHost.Quiet(fault.Length == 0 ? options : options with { Faults = FaultPlan.Parse(fault) });
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,3\r\n\r\nOK\r\n");
        host.Says($"AT+CGAUTH=1,1,{login}\r", "\r\nOK\r\n");
        Reattach(host);
        host.Says("AT+CEREG?\r", isTaken ? "\r\n+CEREG: 0,1\r\n\r\nOK\r\n" : "\r\n+CEREG: 0,3\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void To_be_detached_is_to_be_deregistered(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CGATT=0\r", "\r\nOK\r\n");
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,0\r\n\r\nOK\r\n");
        host.Says("AT+CGATT=1\r", "\r\nOK\r\n");
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
        host.Says("AT+CGACT=1,1\r", "\r\nOK\r\n");
    }

    [Fact]
    public void A_SIM7600_says_that_its_card_is_gone_and_does_not_come_back_from_offline()
    {
        var host = LteHost.Quiet(VirtualModemModel.Sim7600E);
        host.Exchange("AT+CFUN=1\r");
        host.Says("AT+CFUN=0\r", "\r\n+SIMCARD: NOT AVAILABLE\r\n\r\nOK\r\n", 3);
        host.Exchange("AT+CFUN=1\r", 10);
        host.Says("AT+CFUN=7\r", "\r\nOK\r\n", 2);
        host.Says("AT+CFUN=1\r", "\r\nERROR\r\n");
        host = LteHost.Quiet(VirtualModemModel.A7670E);
        host.Says("AT+CFUN=7\r", "\r\nOK\r\n", 2);
        host.Says("AT+CFUN=1\r", "\r\nOK\r\n\r\n+CGEV: EPS PDN ACT 1\r\n", 2);
    }

    [Theory]
    [InlineData(VirtualModemModel.A7670E, "14/01/01,00:00:00+00")]
    [InlineData(VirtualModemModel.Sim7600E, "80/01/06,00:00:00+00")]
    public void An_unset_clock_is_set_by_the_network_or_a_server(VirtualModemModel model, string unset)
    {
        var host = LteHost.Quiet(LteHost.Options(model) with { TimeZoneQuarters = 4 });
        Assert.Equal($"\r\n+CCLK: \"{unset[..15]}", host.Exchange("AT+CCLK?\r")[..25]);
        host.Says("AT+CTZU=1;+CTZR=1\r", "\r\nOK\r\n");
        host.Exchange("AT+CFUN=4\r", 2);
        Assert.Contains("\r\n+CTZV: +04,26/03/04,05:06:", host.Exchange("AT+CFUN=1\r", 3), StringComparison.Ordinal);
        Assert.Contains("+CCLK: \"26/03/04,06:06:", host.Exchange("AT+CCLK?\r"), StringComparison.Ordinal);
        host.Says("AT+CNTP=\"pool.ntp.org\",0\r", "\r\nOK\r\n");
        host.Says("AT+CNTP\r", "\r\nOK\r\n\r\n+CNTP: 0\r\n");
        Assert.Contains("+CCLK: \"26/03/04,05:06:", host.Exchange("AT+CCLK?\r"), StringComparison.Ordinal);
        host.Strike("time-server-fails=1");
        host.Says("AT+CNTP\r", "\r\nOK\r\n\r\n+CNTP: 6\r\n");
    }

    [Theory]
    [InlineData(VirtualModemModel.A7670E, 32)]
    [InlineData(VirtualModemModel.Sim7600E, 0)]
    public void A_time_server_without_a_zone_gets_the_modules_own(VirtualModemModel model, int zone)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CNTP=\"pool.ntp.org\"\r", "\r\nOK\r\n");
        host.Says("AT+CNTP?\r", $"\r\n+CNTP: \"pool.ntp.org\",{zone}\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_name_is_answered_before_the_OK(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CDNSGIP=\"broker.example.org\"\r", "\r\n+CDNSGIP: 1,\"broker.example.org\",\"198.51.100.7\"\r\n\r\nOK\r\n");
        host.Says("AT+CDNSGIP=\"unknown.example.org\"\r", "\r\n+CDNSGIP: 0,10\r\n\r\nERROR\r\n");
        host.Says("AT+CPING=\"broker.example.org\"\r", "\r\nERROR\r\n");
        host.Says(
            "AT+CPING=\"broker.example.org\",1\r",
            "\r\nOK\r\n\r\n+CPING: 1,198.51.100.7,64,0,64\r\n\r\n+CPING: 1,198.51.100.7,64,0,64\r\n\r\n+CPING: 1,198.51.100.7,64,0,64\r\n\r\n+CPING: 1,198.51.100.7,64,0,64\r\n\r\n"
            + "+CPING: 3,4,4,0,0,0,0\r\n",
            5);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_module_that_is_switched_off_says_nothing_and_wakes_by_its_key(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CPOF\r", "\r\nOK\r\n");
        host.Says("AT\r", "", 60);
        host.Engine.Power.PressKey(TimeSpan.FromMilliseconds(50));
        Assert.Contains("+CPIN: READY", host.Wait(40), StringComparison.Ordinal);
        host.Engine.Power.PressKey(TimeSpan.FromSeconds(1));
        host.Says("AT\r", "AT\r\r\nOK\r\n");
        host.Engine.Power.PressKey(TimeSpan.FromSeconds(2.5));
        host.Says("AT\r", "");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Sleep_by_DTR_begins_when_nothing_has_come_for_a_while(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CSCLK=1\r", "\r\nOK\r\n");
        host.Engine.Serial.IsDtrOn = false;
        host.Says("AT\r", "\r\nOK\r\n");
        host.Wait(12);
        host.Says("AT\r", "");
        host.Wait(12);
        host.Engine.Serial.IsDtrOn = true;
        host.Says("AT\r", "", 0.1);
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Fact]
    public void The_modes_of_sleep_differ()
    {
        LteHost.Quiet(VirtualModemModel.Sim7600E).Says("AT+CSCLK=2\r", "\r\nERROR\r\n");
        LteHost.Quiet(VirtualModemModel.A7670E).Says("AT+CSCLK=2\r", "\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Messages_and_codes_work_as_on_a_SIM800(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CMGF=1\r", "\r\nOK\r\n");
        host.StrikesAndHears("incoming-message", "\r\n+CMTI: \"SM\",1\r\n");
        Assert.Contains("Hello from the network", host.Exchange("AT+CMGR=1\r"), StringComparison.Ordinal);
        host.Says("AT+CMGS=\"+491701234567\"\r", "\r\n>");
        host.Says("hello\u001A", "\r\n+CMGS: 1\r\n\r\nOK\r\n");
        host.Says("AT+CUSD=1,\"*100#\",15\r", "\r\nOK\r\n\r\n+CUSD: 0,\"00420061006C0061006E00630065003A002000310032002E00330034002000450055\u0052".Replace("\u0052", "0052", StringComparison.Ordinal) + "\",72\r\n");
    }

    [Fact]
    public void Settings_of_A76xx_that_a_SIM7600_has_not()
    {
        var host = LteHost.Quiet(VirtualModemModel.A7670E);
        host.Says("AT+CIPCFG=\"DATAECHO\",OFF\r", "\r\nOK\r\n");
        host.Says("AT+CTCPKA=1,1,3,1\r", "\r\nOK\r\n");
        host.Says("AT+CTCPKA?\r", "\r\n+CTCPKA: 1,1,3,1\r\n\r\nOK\r\n");
        host.Says("AT+CDNSCFG=\"8.8.8.8\",\"8.8.4.4\"\r", "\r\nOK\r\n");
        host.Says("AT+CDNSCFG?\r", "\r\nPrimaryDns: 8.8.8.8\r\nSecondaryDns: 8.8.4.4\r\n\r\nOK\r\n");
        host.Says("AT+CSOCKSETPN=1\r", "\r\nOK\r\n");
        host.Says("AT+CSOCKSETPN=2\r", "\r\nERROR\r\n");
        host.Says("AT+CNMI=2,1,0,1,0\r", "\r\nERROR\r\n");
        host.Says("AT*IMSRCFG=\"switch\",off\r", "\r\nOK\r\n");
        host.Exchange("AT+CMGF=1\r");
        host.Exchange("AT+CRESET\r", 30);
        host.Says("ATE0+CMGF?\r", "ATE0+CMGF?\r\r\n+CMGF: 1\r\n\r\nOK\r\n");
        host = LteHost.Quiet(VirtualModemModel.Sim7600E);
        host.Says("AT+CIPCFG=\"DATAECHO\",OFF\r", "\r\nERROR\r\n");
        host.Says("AT+CTCPKA=1,1,3,1\r", "\r\nERROR\r\n");
        host.Says("AT+CDNSCFG=\"8.8.8.8\"\r", "\r\nERROR\r\n");
        host.Says("AT+CGSOCKCONT=1,\"IP\",\"internet\"\r", "\r\nOK\r\n");
    }

    [Fact]
    public void The_payload_is_echoed_with_the_command_lines_unless_told_otherwise()
    {
        var host = LteHost.Connected(VirtualModemModel.A7670E);
        host.Exchange("ATE1\r");
        host.Says("AT+CIPSEND=0,3\r", "AT+CIPSEND=0,3\r\r\n>");
        host.Says("abc", "abc\r\nOK\r\n\r\n+CIPSEND: 0,3,3\r\n");
        host.Exchange("AT+CIPCFG=\"DATAECHO\",OFF\r");
        host.Exchange("AT+CIPSEND=0,3\r");
        host.Says("abc", "\r\nOK\r\n\r\n+CIPSEND: 0,3,3\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_rate_goes_up_to_3686400_and_is_kept_by_the_command_that_keeps_it(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+IPR=3686400\r", "\r\nOK\r\n");
        host.Engine.Rate.Host = 3_686_400;
        host.Says("AT+IPR?\r", "\r\n+IPR: 3686400\r\n\r\nOK\r\n");
        host.Says("AT+IPREX?\r", "\r\n+IPREX: 115200\r\n\r\nOK\r\n");
        host.Exchange("AT+CRESET\r", 40);
        host.Engine.Rate.Host = 115_200;
        host.Says("ATE0\r", "ATE0\r\r\nOK\r\n");
        host.Says("AT+IPREX=921600\r", "\r\nOK\r\n");
        host.Engine.Rate.Host = 921_600;
        host.Exchange("AT+CRESET\r", 40);
        host.Says("AT+IPR?\r", "AT+IPR?\r\r\n+IPR: 921600\r\n\r\nOK\r\n");
    }

    private static void Reattach(EngineHost host)
    {
        host.Exchange("AT+CFUN=4\r", 2);
        host.Exchange("AT+CFUN=1\r", 3);
    }
}
