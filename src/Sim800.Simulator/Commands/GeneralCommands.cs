using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>V.250: echo, result codes, profiles, registers, calls; and how errors are told.</summary>
internal static class GeneralCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("E") { Execute = Basic(1, (modem, value) => modem.Profile.Echo = value == 1) },
        new("V") { Execute = Basic(1, (modem, value) => modem.Profile.Verbose = value == 1) },
        new("Q") { Execute = Basic(1, (modem, value) => modem.Profile.Quiet = value == 1) },
        new("X") { Execute = Basic(4, (modem, value) => modem.Profile.ConnectFormat = value) },
        new("Z") { Execute = Basic(0, (modem, _) => modem.Profile = modem.Profile.Restored(modem.Saved)) },
        new("&F") { Execute = Basic(0, (modem, _) => modem.Profile = modem.Profile.Restored(modem.Model.Factory)) },
        new("&W") { Execute = Basic(0, (modem, _) => modem.Saved = modem.Profile with { }) },
        new("&V") { Execute = View },
        new("&C") { Execute = Basic(1, (modem, value) => modem.Profile.DcdMode = value) },
        new("&D") { Execute = Basic(2, (modem, value) => modem.Profile.DtrMode = value) },
        Register("S3", "013"),
        Register("S4", "010"),
        Register("S5", "008"),
        Register("S7", "060"),
        new("+CMEE")
        {
            Read = Say(modem => Invariant($"+CMEE: {modem.Profile.ErrorReport}")),
            Test = Say("+CMEE: (0-2)"),
            Set = Number(0, 2, (modem, value) => modem.Profile.ErrorReport = value),
        },
        new("+CLAC") { Execute = (modem, _) => ListCommands(modem) },
        new("+CIURC")
        {
            Read = Say(modem => Invariant($"+CIURC: {modem.Profile.UnsolicitedReady}")),
            Test = Say("+CIURC: (0,1)"),
            Set = Number(0, 1, (modem, value) => modem.Profile.UnsolicitedReady = value),
        },
    ];

    /// <summary>The registers are there to be read; the modem does not let them be changed to anything else.</summary>
    private static CommandRow Register(string name, string value) => new(name) { Read = Say(value), Set = Number(0, 255, (_, _) => { }) };

    /// <summary>One command a line, as its name stands in the table.</summary>
    private static CommandOutcome ListCommands(ModemEngine modem)
    {
        modem.Reply.Information(modem.Model.Commands.Names);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome View(ModemEngine modem, CommandArguments arguments)
    {
        var profile = modem.Profile;
        modem.Reply.Information(
        [
            "DEFAULT PROFILE",
            Invariant($"S0: {Calls.CallSettings.RingsToAnswer.Of(modem)}"),
            Invariant($"E: {(profile.Echo ? 1 : 0)}"),
            Invariant($"V: {(profile.Verbose ? 1 : 0)}"),
            Invariant($"Q: {(profile.Quiet ? 1 : 0)}"),
            Invariant($"X: {profile.ConnectFormat}"),
            Invariant($"&C: {profile.DcdMode}"),
            Invariant($"&D: {profile.DtrMode}"),
            Invariant($"+CLTS: {profile.NetworkTime}"),
            Invariant($"+CREG: {profile.Registration}"),
            Invariant($"+CGREG: {profile.GprsRegistration}"),
            Invariant($"+CMEE: {profile.ErrorReport}"),
            Invariant($"+CIURC: {profile.UnsolicitedReady}"),
            Invariant($"+CNMI: {MessageSettingCommands.Indications(profile)}"),
            Invariant($"+CSCS: \"{profile.CharacterSet}\""),
            Invariant($"+IPR: {profile.Rate}"),
            Invariant($"+IFC: {profile.FlowControl.HoldModem},{profile.FlowControl.HoldHost}"),
            Invariant($"+CSCLK: {profile.SlowClock}"),
        ]);
        return CommandOutcome.Ok;
    }
}
