using System.Collections.Immutable;

namespace Sim800.Simulator.Machine;

/// <summary>The settings AT&amp;W saves. Defaults are those of a real R14.18 module.</summary>
internal sealed record Profile
{
    internal bool Echo { get; set; } = true;

    internal bool Verbose { get; set; } = true;

    internal bool Quiet { get; set; }

    /// <summary>AT+CMEE: 0 ERROR, 1 number, 2 words.</summary>
    internal int ErrorReport { get; set; }

    /// <summary>AT+IPR in bits a second; 0 is autobauding.</summary>
    internal int Rate { get; set; }

    /// <summary>AT+IFC: how the host holds the modem, then how the modem holds the host; 2 is RTS/CTS.</summary>
    internal (int HoldModem, int HoldHost) FlowControl { get; set; }

    internal (int Format, int Parity) CharacterFormat { get; set; } = (3, 3);

    internal int SlowClock { get; set; }

    internal int Registration { get; set; }

    internal int GprsRegistration { get; set; }

    /// <summary>AT+CEREG, of models that know LTE.</summary>
    internal int EpsRegistration { get; set; }

    internal int NetworkTime { get; set; }

    internal int UnsolicitedReady { get; set; } = 1;

    internal int MessageFormat { get; set; }

    /// <summary>AT+CNMI: mode, &lt;mt&gt;, &lt;bm&gt;, &lt;ds&gt;, &lt;bfr&gt;.</summary>
    internal (int Mode, int Delivers, int Broadcasts, int Reports, int Buffer) MessageIndications { get; set; } = (2, 1, 0, 0, 0);

    /// <summary>AT+CSMP: first octet, validity, protocol, coding of what is sent in text mode.</summary>
    internal (int First, int Validity, int Protocol, int Coding) MessageParameters { get; set; } = (17, 167, 0, 0);

    internal string CharacterSet { get; set; } = Messages.CharacterSet.Default;

    /// <summary>Settings of a <see cref="NumberSetting"/>, by command.</summary>
    internal ImmutableDictionary<string, int> Numbers { get; set; } = ImmutableDictionary<string, int>.Empty;

    internal int DcdMode { get; set; } = 1;

    internal int DtrMode { get; set; } = 1;

    internal int ConnectFormat { get; set; } = 4;

    /// <summary>AT&amp;F and ATZ leave the line itself and the sleep mode alone (manual 2.2).</summary>
    internal Profile Restored(Profile source) => source with
    {
        Rate = Rate,
        FlowControl = FlowControl,
        CharacterFormat = CharacterFormat,
        SlowClock = SlowClock,
    };
}
