using System.Globalization;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Radio;

/// <summary>The network as the modem sees it: registration, attachment, signal.</summary>
internal sealed class RadioInterface
{
    internal const int Idle = 0;
    internal const int Home = 1;
    internal const int Searching = 2;
    internal const int Denied = 3;
    internal const int RoamingHere = 5;

    private readonly ModemEngine _modem;
    private readonly string? _acceptedApn;
    private const int NotDetectable = 99;

    private Appointment? _registering;
    private int _strength;

    internal RadioInterface(ModemEngine modem)
    {
        _modem = modem;
        _acceptedApn = modem.Options.Apn;
        Contexts = new PacketContexts(modem);
        Strength = modem.Options.SignalStrength;
    }

    /// <summary>The &lt;stat&gt; of AT+CREG.</summary>
    internal int Registration { get; private set; }

    /// <summary>The &lt;stat&gt; of AT+CGREG.</summary>
    internal int GprsRegistration { get; private set; }

    internal bool IsAttached { get; private set; }

    /// <summary>AT+CSQ, 0 to 31 or 99.</summary>
    internal int Strength { get => _modem.Power.HasRadio && !_modem.Faults.IsOutOfReach ? _strength : NotDetectable; set => _strength = value; }

    /// <summary>AT+CBAND; survives a reboot.</summary>
    internal string Band { get; set; } = "ALL_BAND";

    /// <summary>AT+CENG: its mode, and whether neighbours are shown.</summary>
    internal (int Mode, bool ShowsNeighbours) Engineering { get; set; }

    internal PacketContexts Contexts { get; }

    /// <summary>Served at all: on LTE the circuits may be denied while the packets flow.</summary>
    internal bool IsRegistered => Registration is Home or RoamingHere || (IsAttached && GprsRegistration is Home or RoamingHere);

    /// <summary>Location area and cell, as AT+CREG=2 adds them.</summary>
    internal static string Cell => "\"2F4A\",\"61D9\"";

    /// <summary>Tracking area, cell and technology (7 is LTE), as AT+CEREG=2 adds them.</summary>
    internal static string LteCell => "\"2F4A\",\"00BC614E\",7";

    internal bool AcceptsAccessPoint(string apn) =>
        IsAttached && !_modem.Faults.RefusesAccessPoint
        && (_acceptedApn is null || string.Equals(_acceptedApn, apn, StringComparison.OrdinalIgnoreCase));

    /// <summary>The network has it; without a name it takes the one of the subscription.</summary>
    private bool Knows(string apn) =>
        !_modem.Faults.RefusesAccessPoint
        && (_acceptedApn is null || apn.Length == 0 || string.Equals(_acceptedApn, apn, StringComparison.OrdinalIgnoreCase));

    /// <summary>The modem has a usable SIM and its radio is on: registered after a while.</summary>
    internal void Search(TimeSpan time)
    {
        _registering?.Cancel();
        if (!_modem.Sim.IsUsable || !_modem.Power.HasRadio)
        {
            return;
        }

        if (_modem.Faults.IsOutOfReach)
        {
            Enter(Searching, Searching);
            return;
        }

        if (time == TimeSpan.Zero)
        {
            Found();
            return;
        }

        Enter(Searching, Searching);
        _registering = _modem.After(time, () =>
        {
            Found();
            SayBearer();
        });
    }

    /// <summary>Out of coverage, or turned away; the context goes with it.</summary>
    internal void Lose(int registration)
    {
        Leave(registration);
        _modem.Ip.Deactivate();
        _modem.Bearer.Deactivate();
    }

    /// <summary>AT+CFUN takes the radio away.</summary>
    internal void SwitchOff()
    {
        Leave(Idle);
        _modem.Ip.SwitchOff();
        _modem.Bearer.Deactivate();
    }

    /// <summary>AT+CGATT=1, and whatever needs it: activating a context attaches first (27.007 10.1.10).</summary>
    internal CommandOutcome Attach()
    {
        if (!IsRegistered)
        {
            return CommandOutcome.Cme(30);
        }

        if (_modem.Faults.RefusesGprs)
        {
            return CommandOutcome.Cme(107);
        }

        IsAttached = true;
        Enter(Registration, Registration);
        return CommandOutcome.Ok;
    }

    internal void Detach()
    {
        IsAttached = false;
        Contexts.DeactivateAll();
        Enter(_modem.Model.AttachesWithAccessPoint ? Idle : Registration, Idle);
        _modem.Ip.Deactivate();
        _modem.Bearer.Deactivate();
    }

    internal void Reset()
    {
        (Registration, GprsRegistration, IsAttached) = (Idle, Idle, false);
        Strength = _modem.Options.SignalStrength;
        Engineering = default;
        Contexts.DeactivateAll();
    }

    private void Found()
    {
        if (_modem.Faults.AllowsEmergencyAlone)
        {
            Enter(_modem.Model.EmergencyOnly, _modem.Model.EmergencyOnly);
            return;
        }

        if (_modem.Faults.DeniesRegistration || !TakesAccessPoint())
        {
            Enter(Denied, Denied);
            return;
        }

        var stat = _modem.Options.Roaming ? RoamingHere : Home;
        IsAttached = !_modem.Faults.RefusesGprs;
        Enter(_modem.Faults.DeniesCircuits ? Denied : stat, IsAttached ? stat : Denied);
        _modem.Model.Words.TimeIsTold(_modem);
    }

    private void SayBearer()
    {
        if (IsAttached && _modem.Model.Words.BearerIsUp is { } line)
        {
            _modem.Reply.Unsolicited(line);
        }
    }

    /// <summary>On LTE the attach carries the access point of the first context, and the login of AT+CGAUTH.</summary>
    private bool TakesAccessPoint() =>
        !_modem.Model.AttachesWithAccessPoint || (Knows(Contexts.NameOf(1)) && Contexts.Login.IsRight(_modem));

    private void Leave(int registration)
    {
        _registering?.Cancel();
        _modem.Calls.Drop();
        IsAttached = false;
        Contexts.DeactivateAll();
        Enter(registration, registration);
    }

    private void Enter(int registration, int gprsRegistration)
    {
        var (changed, gprsChanged) = (registration != Registration, gprsRegistration != GprsRegistration);
        (Registration, GprsRegistration) = (registration, gprsRegistration);
        if (changed && _modem.Profile.Registration > 0)
        {
            _modem.Reply.Unsolicited(Report("+CREG", _modem.Profile.Registration, registration));
        }

        if (gprsChanged && _modem.Profile.GprsRegistration > 0)
        {
            _modem.Reply.Unsolicited(Report("+CGREG", _modem.Profile.GprsRegistration, gprsRegistration));
        }

        if (gprsChanged && _modem.Profile.EpsRegistration > 0)
        {
            _modem.Reply.Unsolicited(Report("+CEREG", _modem.Profile.EpsRegistration, gprsRegistration));
        }
    }

    private static string Report(string name, int mode, int stat)
    {
        var cell = mode == 2 && stat is Home or RoamingHere ? "," + (name is "+CEREG" ? LteCell : Cell) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{name}: {stat}{cell}");
    }
}
