using Sim800.Simulator.Commands;
using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using Sim800.Simulator.Messages;

namespace Sim800.Simulator.Models;

/// <summary>The modules of AT+NETOPEN: one dialect, with differences that are all here and in their tables of commands.</summary>
internal static class LteModels
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(1);

    /// <summary>ATE and AT+CMEE are not saved; both manuals show errors in words.</summary>
    private static readonly Profile Factory = new() { ErrorReport = 2, FlowControl = (0, 0) };

    private static readonly NetworkWords Words = new()
    {
        Registered = "+CEREG: 1",
        OfBoot = ["*ATREADY: 1", "+CPIN: READY", "SMS DONE", "PB DONE"],
        OfNetworkTime = ["+NITZ: PLMN Long Name: X, ", "+NITZ: PLMN Short Name:", "*COPN:0,\"X\"", "+CTZV: +32,08/12/09,17:00:00"],
        LateReady = ["SMS DONE", "PB DONE"],
        SimRemoved = "+CPIN: SIM REMOVED",
        BearerIsUp = "+CGEV: EPS PDN ACT 1",
        TimeIsTold = LteClockCommands.NetworkTime,
        UssdAnswer = static (_, answer) => $"+CUSD: 0,\"{CharacterSet.WideHex(answer)}\",72",
        UnderVoltage = static (modem, times) => LtePowerCommands.Warning.Of(modem) == 1 ? string.Concat(Enumerable.Repeat("\r\nUNDER-VOLTAGE WARNNING\r\n", times)) : "",
        PowerDown = static modem => LtePowerCommands.PowerDownReport.Of(modem) == 1 ? "UNDER-VOLTAGE WARNNING POWER DOWN" : null,
        TimeServerFailure = 6,
    };

    private static FunctionLevel[] Levels(string? saidBefore, bool leavesOffline) =>
    [
        new(0, HasSim: false, HasRadio: false, 2 * Seconds, SaidBefore: saidBefore),
        new(1, HasSim: true, HasRadio: true, 0.5 * Seconds),
        new(4, HasSim: true, HasRadio: false, 0.5 * Seconds),
        new(7, HasSim: true, HasRadio: false, 0.5 * Seconds, EndsWithRestart: !leavesOffline),
    ];

    internal static ModemModel A7670E { get; } = new()
    {
        Name = "A7670E-FASE",
        Firmware = "A7670M7_V1.11.1",
        Commands = CommandTables.A7670E,
        CreateStack = static modem => new SocketService(modem),
        Boot = new BootSequence
        {
            Time = 11 * Seconds,
            AtReset = [0x00],
            BeforeFirst = TimeSpan.Zero,
            FirstLines = ["*ATREADY: 1"],
            BeforeSim = 2.6 * Seconds,
            WithSim = [(Seconds, ["SMS DONE"]), (5 * Seconds, ["PB DONE"])],
        },
        Levels = Levels(saidBefore: null, leavesOffline: true),
        Words = Words,
        Factory = Factory,
        LongestLine = 3071,
        Prompt = "\r\n>",
        Sleep = new SleepTimes { ByDtrAfter = 10 * Seconds, ByDtrWakesIn = TimeSpan.FromMilliseconds(20), IdleAfter = 10 * Seconds, IdleWakesIn = TimeSpan.FromMilliseconds(20) },
        PowerKey = new PowerKey { On = TimeSpan.FromMilliseconds(50), Off = 2.5 * Seconds, Restart = null, SaidWhenOff = null },
        UnsetClock = new DateTime(2014, 1, 1, 0, 0, 0, DateTimeKind.Unspecified),
        Contexts = 15,
        Network = new UsualNetwork(TimeSpan.FromMilliseconds(80), 5_000, 10_000),
        AttachesWithAccessPoint = true,
        EmergencyOnly = 11,
        ByCalls = DataLoss.Service,
        SimStartingError = 13,
        SimOffError = 13,
    };

    internal static ModemModel Sim7600E { get; } = A7670E with
    {
        Name = "SIMCOM_SIM7600E",
        Firmware = "LE20B04SIM7600E22",
        Commands = CommandTables.Sim7600E,
        Boot = A7670E.Boot with
        {
            Time = 23 * Seconds,
            AtReset = [],
            FirstLines = ["RDY"],
        },
        Levels = Levels(saidBefore: "+SIMCARD: NOT AVAILABLE", leavesOffline: false),
        Words = Words with { OfBoot = ["RDY", "+CPIN: READY", "SMS DONE", "PB DONE"], BearerIsUp = null },
        UnsetClock = new DateTime(1980, 1, 6, 0, 0, 0, DateTimeKind.Unspecified),
        EmergencyOnly = 8,
        ByMessages = DataLoss.Links,
        ByCalls = DataLoss.Links,
    };
}
