using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using Sim800.Simulator.Radio;

namespace Sim800.Simulator.Faults;

/// <summary>The faults that happen at a moment, and what lasting ones change when they begin.</summary>
internal sealed class FaultEvents(ModemEngine modem)
{
    /// <summary>Who calls and writes.</summary>
    private const string Caller = "+491701234567";


    /// <returns><c>false</c> when the fault is not of the kind that happens by itself.</returns>
    internal bool TryHappen(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Reboot:
                modem.Power.Reboot();
                return true;
            case FaultKind.PowerDown:
                PowerDown();
                return true;
            case FaultKind.RegistrationLost:
                modem.Radio.Lose(RadioInterface.Searching);
                modem.FromOutside(modem.Now + fault.Duration, () => modem.Radio.Search(TimeSpan.Zero));
                return true;
            case FaultKind.SimBusy:
                modem.Sim.IsBusy = true;
                modem.FromOutside(modem.Now + fault.Duration, SimIsReady);
                return true;
            case FaultKind.Hang:
                Hang(fault.Duration);
                return true;
            case FaultKind.DeviceGone:
                modem.IsPlugged = false;
                modem.FromOutside(modem.Now + fault.Duration, () => modem.IsPlugged = true);
                return true;
            case FaultKind.RemoteClose:
                CloseAll();
                return true;
            case FaultKind.Zombie:
            case FaultKind.SilentServer:
                return TryDisturbOpenLinks(fault.Kind);
            default:
                return TryAnnounce(fault);
        }
    }

    /// <summary>Cuts a link off without a word; the modem's own keep-alive probes find out in the end (AT+CIPTKA).</summary>
    internal void Disturb(IpLink link, FaultKind kind)
    {
        if (kind is FaultKind.SilentServer)
        {
            link.IsServerSilent = true;
            return;
        }

        link.IsZombie = true;
        if (modem.Ip.KeepAliveTime is { } time)
        {
            var connection = link.Connection;
            modem.After(time, () => modem.Ip.Connector.EndFromOutside(connection, CloseReason.SendTimeout));
        }
    }

    private bool TryDisturbOpenLinks(FaultKind kind)
    {
        var open = Array.FindAll(modem.Ip.Links, link => link.IsOpen);
        Array.ForEach(open, link => Disturb(link, kind));
        return open.Length > 0;
    }

    /// <summary>What a lasting fault changes at once.</summary>
    internal void Begun(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.NoSim:
                modem.Sim.IsInserted = false;
                SayRemoved();
                modem.Radio.Lose(RadioInterface.Idle);
                break;
            case FaultKind.NoNetwork:
                modem.Radio.Lose(RadioInterface.Searching);
                break;
            case FaultKind.RegistrationDenied:
            case FaultKind.WrongApn when modem.Model.AttachesWithAccessPoint:
                modem.Radio.Lose(RadioInterface.Denied);
                break;
            case FaultKind.EmergencyOnly:
                modem.Radio.Lose(modem.Model.EmergencyOnly);
                break;
            case FaultKind.CircuitsDenied:
                modem.Radio.Search(TimeSpan.Zero);
                break;
            case FaultKind.GprsRefused when modem.Radio.IsAttached:
                modem.Radio.Detach();
                break;
            default:
                break;
        }
    }

    private void SayRemoved()
    {
        if (modem.Model.Words.SimRemoved is { } line)
        {
            modem.Reply.Unsolicited(line);
        }
    }

    /// <summary>What the end of a lasting fault brings back.</summary>
    internal void Mended(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.NoSim:
                modem.Sim.IsInserted = true;
                modem.Radio.Search(modem.Options.RegistrationTime);
                break;
            case FaultKind.NoNetwork or FaultKind.RegistrationDenied or FaultKind.GprsRefused or FaultKind.CircuitsDenied or FaultKind.EmergencyOnly:
            case FaultKind.WrongApn when modem.Model.AttachesWithAccessPoint:
                modem.Radio.Search(modem.Options.RegistrationTime);
                break;
            default:
                break;
        }
    }

    private bool TryAnnounce(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.EchoBack:
                modem.Profile.Echo = true;
                return true;
            case FaultKind.MuxLost:
                modem.Ip.LoseMode();
                return true;
            case FaultKind.SilentLoss:
                modem.Ip.SwitchOff();
                return true;
            case FaultKind.UnderVoltage:
                modem.Reply.Raw(modem.Model.Words.UnderVoltage(modem, fault.Count));
                return true;
            case FaultKind.IncomingMessage:
                modem.Messages.Receive(Caller, "Hello from the network");
                return true;
            case FaultKind.IncomingCall:
                modem.Calls.Ring(Caller, fault.Count);
                return true;
            case FaultKind.MessageInPhone:
                modem.Messages.Receive(Caller, "Hello from the network", "ME");
                return true;
            case FaultKind.LateReady:
                Array.ForEach(modem.Model.Words.LateReady, modem.Reply.Unsolicited);
                return true;
            default:
                return false;
        }
    }

    private void PowerDown()
    {
        if (modem.Model.Words.PowerDown(modem) is { } line)
        {
            modem.Reply.Unsolicited(line);
        }

        modem.Power.PowerOff();
    }

    private void SimIsReady()
    {
        modem.Sim.IsBusy = false;
        if (!modem.Radio.IsRegistered)
        {
            modem.Radio.Search(modem.Options.RegistrationTime);
        }
    }

    private void Hang(TimeSpan duration)
    {
        modem.Interpreter.Reset();
        modem.Interpreter.Enter(new DeafMode());
        modem.Serial.IsMute = true;
        modem.After(duration, () =>
        {
            modem.Interpreter.Reset();
            modem.Serial.IsMute = false;
        });
    }

    private void CloseAll()
    {
        foreach (var link in modem.Ip.Links)
        {
            if (link.State is LinkState.Connected)
            {
                modem.Ip.Connector.Ended(link.Connection);
            }
        }
    }
}

/// <summary>The modem is off, booting or hung: what the host sends is lost.</summary>
internal sealed class DeafMode : IInputMode
{
    public int PieceOf(ReadOnlySpan<byte> wire) => wire.Length;

    public int Accept(ReadOnlySpan<byte> bytes) => bytes.Length;
}
