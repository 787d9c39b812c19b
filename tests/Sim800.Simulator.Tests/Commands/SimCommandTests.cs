using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Commands;

public sealed class SimCommandTests
{
    private static EngineHost Locked()
    {
        var host = new EngineHost(new VirtualModemOptions { Pin = "1234" });
        host.Exchange("ATE0;+CMEE=2\r");
        return host;
    }

    [Fact]
    public void The_PIN_unlocks_the_card_and_the_ready_lines_follow()
    {
        var host = Locked();
        host.Says("AT+CPIN?\r", "\r\n+CPIN: SIM PIN\r\n\r\nOK\r\n");
        host.Says("AT+CIMI\r", "\r\n+CME ERROR: SIM PIN required\r\n");
        host.Says("AT+CREG?\r", "\r\n+CREG: 0,0\r\n\r\nOK\r\n");
        host.Says("AT+CPIN=\"1234\"\r", "\r\nOK\r\n\r\n+CPIN: READY\r\n");
        host.Hears("\r\nCall Ready\r\n\r\nSMS Ready\r\n", 3);
        host.Says("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
        host.Says("AT+CPIN=\"1234\"\r", "\r\n+CME ERROR: operation not allowed\r\n");
    }

    [Fact]
    public void Three_wrong_PINs_lock_the_card_until_its_PUK_comes()
    {
        var host = Locked();
        host.Says("AT+SPIC\r", "\r\n+SPIC: 3,3,10,10\r\n\r\nOK\r\n");
        host.Says("AT+CPIN=0000\r", "\r\n+CME ERROR: incorrect password\r\n");
        host.Says("AT+SPIC\r", "\r\n+SPIC: 2,3,10,10\r\n\r\nOK\r\n");
        host.Says("AT+CPIN=0000\r", "\r\n+CME ERROR: incorrect password\r\n");
        host.Says("AT+CPIN=0000\r", "\r\n+CME ERROR: incorrect password\r\n");
        host.Says("AT+CPIN?\r", "\r\n+CPIN: SIM PUK\r\n\r\nOK\r\n");
        host.Says("AT+CPIN=1234\r", "\r\n+CME ERROR: SIM PUK required\r\n");
        host.Says("AT+CPIN=\"11111111\",\"4321\"\r", "\r\n+CME ERROR: incorrect password\r\n");
        host.Says("AT+SPIC\r", "\r\n+SPIC: 0,3,9,10\r\n\r\nOK\r\n");
        host.Says("AT+CPIN=\"12345678\",\"4321\"\r", "\r\nOK\r\n\r\n+CPIN: READY\r\n");
        host.Says("AT+SPIC\r", "\r\n+SPIC: 3,3,10,10\r\n\r\nOK\r\n");
        host.Wait(5);
        host.Says("AT+CLCK=\"SC\",0,\"4321\"\r", "\r\nOK\r\n");
    }

    [Fact]
    public void The_lock_can_be_asked_set_and_its_PIN_changed()
    {
        var host = new EngineHost();
        host.Exchange("ATE0;+CMEE=1\r");
        host.Says("AT+CLCK=\"SC\",2\r", "\r\n+CLCK: 0\r\n\r\nOK\r\n");
        host.Says("AT+CLCK=\"SC\",1,\"0000\"\r", "\r\nOK\r\n");
        host.Says("AT+CLCK=\"SC\",2\r", "\r\n+CLCK: 1\r\n\r\nOK\r\n");
        host.Says("AT+CPWD=\"SC\",\"9999\",\"1111\"\r", "\r\n+CME ERROR: 16\r\n");
        host.Says("AT+CPWD=\"SC\",\"0000\",\"1111\"\r", "\r\nOK\r\n");
        host.Exchange("AT+CFUN=1,1\r", 10);
        host.Says("ATE0\r", "ATE0\r\r\nOK\r\n");
        host.Says("AT+CPIN?\r", "\r\n+CPIN: SIM PIN\r\n\r\nOK\r\n");
        host.Says("AT+CPIN=1111\r", "\r\nOK\r\n\r\n+CPIN: READY\r\n");
    }

    [Fact]
    public void No_card_is_an_error_of_its_own()
    {
        var host = new EngineHost(new VirtualModemOptions { Faults = FaultPlan.Parse("no-sim") });
        host.Exchange("ATE0;+CMEE=2\r");
        host.Says("AT+CPIN?\r", "\r\n+CME ERROR: SIM not inserted\r\n");
        host.Says("AT+CGATT?\r", "\r\n+CME ERROR: SIM not inserted\r\n");
        host.Says("AT+CREG?\r", "\r\n+CREG: 0,0\r\n\r\nOK\r\n");
    }
}
