using Sim800.Simulator.Commands;
using Sim800.Simulator.Ip;
using Sim800.Simulator.Messages;
using static System.FormattableString;

namespace Sim800.Simulator.Models;

/// <summary>The SIM800, and the SIM7000, which speaks its commands.</summary>
internal static class Sim800Models
{
    /// <summary>The bytes at power-on that the manual says to ignore (SIM800 manual 1.4).</summary>
    private static readonly byte[] SyncString = [0x00, 0x49, 0x49, 0x49, 0x49, 0xFF, 0xFF, 0xFF, 0xFF];

    private static readonly FunctionLevel[] Levels =
    [
        new(0, HasSim: false, HasRadio: false, TimeSpan.FromSeconds(5), SaidOnTheWay: "+CPIN: NOT READY"),
        new(1, HasSim: true, HasRadio: true, TimeSpan.FromMilliseconds(200)),
        new(4, HasSim: false, HasRadio: false, TimeSpan.FromSeconds(1), SaidOnTheWay: "+CPIN: NOT READY"),
    ];

    private static readonly NetworkWords Words = new()
    {
        Registered = "+CREG: 1",
        OfBoot = ["RDY", "+CFUN: 1", "+CPIN: READY", "Call Ready", "SMS Ready"],
        OfNetworkTime = ["*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0", "DST: 0", "+CIEV: 10,\"25001\",\"MTS RUS\",\"MTS RUS\", 0, 0"],
        LateReady = ["Call Ready", "SMS Ready"],
        TimeIsTold = static modem => modem.Clock.Registered(),
        UssdAnswer = static (set, answer) => Invariant($"+CUSD: 0, \"{CharacterSet.Shown(set, answer)}\", {CharacterSet.CodingOf(set, answer)}"),
        UnderVoltage = static (_, times) => "\r\n" + string.Concat(Enumerable.Repeat("UNDER-VOLTAGE WARNNING\r\n", times)),
        PowerDown = static _ => "UNDER-VOLTAGE POWER DOWN",
        TimeServerFailure = 62,
    };

    internal static ModemModel Sim800L { get; } = new()
    {
        Name = "SIMCOM_SIM800L",
        Firmware = "Revision:1418B05SIM800L24",
        Commands = CommandTables.Sim800,
        CreateStack = static modem => new GprsStack(modem, 6),
        Boot = new BootSequence
        {
            Time = TimeSpan.FromSeconds(3.3),
            AtPowerOn = static rate => rate == 115_200 ? SyncString : [0xFF, 0xFF],
            AtReset = [0xFF, 0xFE],
            FirstLines = ["RDY", "+CFUN: 1"],
            WithSim = [(TimeSpan.FromSeconds(2), ["Call Ready", "SMS Ready"])],
        },
        Levels = Levels,
        Words = Words,
        Network = new UsualNetwork(TimeSpan.FromMilliseconds(600), null, null),
    };

    internal static ModemModel Sim7000G { get; } = Sim800L with
    {
        Name = "SIMCOM_SIM7000G",
        Firmware = "Revision:1529B10SIM7000G",
        Commands = CommandTables.Sim7000,
        CreateStack = static modem => new GprsStack(modem, 8),
        Boot = new BootSequence
        {
            Time = TimeSpan.FromSeconds(4.5),
            FirstLines = ["RDY", "+CFUN: 1"],
            WithSim = [(TimeSpan.FromSeconds(2), ["SMS Ready"])],
        },
        Network = new UsualNetwork(TimeSpan.FromMilliseconds(300), 375, 300),
        Words = Words with { OfBoot = ["RDY", "+CFUN: 1", "+CPIN: READY", "SMS Ready"], LateReady = ["SMS Ready"] },
    };
}
