using Sim800.Simulator.Commands;
using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Models;

/// <summary>What makes one model another: its tables of commands, its TCP/IP stack, and what it says and does by itself. The rest of the machine is the same.</summary>
internal sealed record ModemModel
{
    /// <summary>What AT+CGMM answers.</summary>
    internal required string Name { get; init; }

    /// <summary>What AT+CGMR answers.</summary>
    internal required string Firmware { get; init; }

    internal required CommandTable Commands { get; init; }

    internal required Func<ModemEngine, IpStack> CreateStack { get; init; }

    internal required BootSequence Boot { get; init; }

    /// <summary>The levels of AT+CFUN.</summary>
    internal required IReadOnlyList<FunctionLevel> Levels { get; init; }

    internal required NetworkWords Words { get; init; }

    /// <summary>The settings a module leaves the factory with.</summary>
    internal Profile Factory { get; init; } = new();

    /// <summary>The longest command line, without its AT.</summary>
    internal int LongestLine { get; init; } = 556;

    /// <summary>The most commands in one line.</summary>
    internal int MostCommands { get; init; } = 39;

    internal string Prompt { get; init; } = "\r\n> ";

    internal SleepTimes Sleep { get; init; } = new();

    internal PowerKey PowerKey { get; init; } = new();

    /// <summary>The clock before anything has set it.</summary>
    internal DateTime UnsetClock { get; init; } = new(2004, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The &lt;stat&gt; of a network that serves emergency calls alone; a SIM800 has none and says "denied".</summary>
    internal int EmergencyOnly { get; init; } = 3;

    /// <summary>A network such as it meets.</summary>
    internal required UsualNetwork Network { get; init; }

    /// <summary>How many contexts AT+CGDCONT defines.</summary>
    internal int Contexts { get; init; } = 3;

    /// <summary>The network takes the modem with the access point of its first context, or not at all, as LTE does.</summary>
    internal bool AttachesWithAccessPoint { get; init; }

    /// <summary>What a short message or a USSD code by the circuit-switched network does to data.</summary>
    internal DataLoss ByMessages { get; init; }

    /// <summary>What a call by the circuit-switched network does to data.</summary>
    internal DataLoss ByCalls { get; init; }

    /// <summary>The number of +CME ERROR while the card is not up yet.</summary>
    internal int SimStartingError { get; init; } = 14;

    /// <summary>The number of +CME ERROR while AT+CFUN has switched the card off.</summary>
    internal int SimOffError { get; init; } = 797;

    internal static ModemModel Of(VirtualModemModel model) => model switch
    {
        VirtualModemModel.Sim800L => Sim800Models.Sim800L,
        VirtualModemModel.Sim7000G => Sim800Models.Sim7000G,
        VirtualModemModel.A7670E => LteModels.A7670E,
        VirtualModemModel.Sim7600E => LteModels.Sim7600E,
        _ => throw new ArgumentOutOfRangeException(nameof(model), model, "There is no such model."),
    };
}

/// <summary>What the circuit-switched network takes from LTE data. Nothing is said about it.</summary>
internal enum DataLoss
{
    None,

    /// <summary>The links are dead until AT+NETCLOSE and AT+NETOPEN, though the service says it is open.</summary>
    Links,

    /// <summary>The service is closed.</summary>
    Service,
}

/// <summary>What a model says when it starts, and when.</summary>
internal sealed record BootSequence
{
    /// <summary>From power-on or reset to the first command answered.</summary>
    internal required TimeSpan Time { get; init; }

    /// <summary>What stands on the line at power-on, by the rate of the host.</summary>
    internal Func<int, byte[]> AtPowerOn { get; init; } = static _ => [];

    /// <summary>What stands on the line at a restart.</summary>
    internal byte[] AtReset { get; init; } = [];

    internal TimeSpan BeforeFirst { get; init; } = TimeSpan.FromMilliseconds(100);

    internal required string[] FirstLines { get; init; }

    /// <summary>From the first command answered to the state of the card.</summary>
    internal TimeSpan BeforeSim { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>What is said from a usable card on.</summary>
    internal required (TimeSpan After, string[] Lines)[] WithSim { get; init; }
}

/// <summary>A level of AT+CFUN.</summary>
/// <param name="Number">Its number.</param>
/// <param name="HasSim">The card has its supply.</param>
/// <param name="HasRadio">The radio is on.</param>
/// <param name="Time">How long the way into it takes.</param>
/// <param name="SaidBefore">What is said before the OK.</param>
/// <param name="SaidOnTheWay">What is said 0.4 s after the command.</param>
/// <param name="EndsWithRestart">No other level leads out of it.</param>
internal sealed record FunctionLevel(
    int Number, bool HasSim, bool HasRadio, TimeSpan Time, string? SaidBefore = null, string? SaidOnTheWay = null, bool EndsWithRestart = false);

/// <summary>How far servers are, and how fast the way is, in bits a millisecond.</summary>
internal sealed record UsualNetwork(TimeSpan RoundTripTime, int? UplinkKbps, int? DownlinkKbps);

/// <summary>When AT+CSCLK lets the modem sleep, and how long it takes to wake.</summary>
internal sealed record SleepTimes
{
    /// <summary>Mode 1: DTR is off, and nothing has come for so long.</summary>
    internal TimeSpan ByDtrAfter { get; init; } = TimeSpan.Zero;

    /// <summary>Mode 1: from DTR to the first byte heard.</summary>
    internal TimeSpan ByDtrWakesIn { get; init; } = TimeSpan.Zero;

    /// <summary>Mode 2: nothing has come for so long.</summary>
    internal TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Mode 2: from the first byte to the first one heard.</summary>
    internal TimeSpan IdleWakesIn { get; init; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>How long the PWRKEY pin must be low.</summary>
internal sealed record PowerKey
{
    internal TimeSpan On { get; init; } = TimeSpan.FromSeconds(1);

    internal TimeSpan Off { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Restarts the modem whatever it does; <c>null</c> where the pin cannot.</summary>
    internal TimeSpan? Restart { get; init; } = TimeSpan.FromSeconds(33);

    internal string? SaidWhenOff { get; init; } = "NORMAL POWER DOWN";
}

/// <summary>What a model says of itself and of the network without being asked.</summary>
internal sealed record NetworkWords
{
    /// <summary>A registration that comes between other lines.</summary>
    internal required string Registered { get; init; }

    /// <summary>Lines of a start that get into an answer.</summary>
    internal required string[] OfBoot { get; init; }

    /// <summary>Lines of the network's time and name that get into an answer.</summary>
    internal required string[] OfNetworkTime { get; init; }

    /// <summary>Lines without a restart behind them.</summary>
    internal required string[] LateReady { get; init; }

    /// <summary>The card is taken out; <c>null</c> where nothing is said.</summary>
    internal string? SimRemoved { get; init; }

    /// <summary>The network has taken the modem; <c>null</c> where nothing is said.</summary>
    internal string? BearerIsUp { get; init; }

    /// <summary>The network's time at registration.</summary>
    internal required Action<ModemEngine> TimeIsTold { get; init; }

    /// <summary>The answer to a USSD code, by the character set.</summary>
    internal required Func<string, string, string> UssdAnswer { get; init; }

    /// <summary>The supply is low: the lines, and whether the modem is set to say them.</summary>
    internal required Func<ModemEngine, int, string> UnderVoltage { get; init; }

    /// <summary>The modem switches itself off; <c>null</c> where it is not set to say so.</summary>
    internal required Func<ModemEngine, string?> PowerDown { get; init; }

    /// <summary>Answer of AT+CNTP when the server is not reached.</summary>
    internal required int TimeServerFailure { get; init; }
}
