using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>How the TCP commands behave: links, sending, receiving, time-outs.</summary>
internal static class IpSettingCommands
{
    internal static readonly CommandRow[] Rows =
    [
        Flag("+CIPMUX", settings => settings.Multi, SetMulti),
        Flag("+CIPQSEND", settings => settings.QuickSend, (modem, on) => Assign(() => modem.Gprs.Settings.QuickSend = on)),
        Flag("+CIPHEAD", settings => settings.Head, (modem, on) => Assign(() => modem.Gprs.Settings.Head = on)),
        Flag("+CIPSHOWTP", settings => settings.ShowProtocol, (modem, on) => Assign(() => modem.Gprs.Settings.ShowProtocol = on)),
        Flag("+CIPSRIP", settings => settings.ShowSource, (modem, on) => Assign(() => modem.Gprs.Settings.ShowSource = on)),
        Flag("+CIPMODE", settings => settings.Transparent, SetTransparent),
        new("+CIPSPRT")
        {
            Read = Say(modem => Invariant($"+CIPSPRT: {modem.Gprs.Settings.SendPrompt}")),
            Test = Say("+CIPSPRT: (0-2)"),
            Set = Number(0, 2, (modem, value) => modem.Gprs.Settings.SendPrompt = value),
        },
        new("+CIPATS")
        {
            Read = Say(modem => Invariant($"+CIPATS: {(modem.Gprs.Settings.AutoSend is null ? 0 : 1)},{modem.Gprs.Settings.AutoSend ?? 0}")),
            Test = Say("+CIPATS: (0,1),(1-100)"),
            Set = SetAutoSend,
        },
        new("+CIPTKA")
        {
            Read = Say(modem => ReadKeepAlive(modem.Gprs.Settings)),
            Test = Say("+CIPTKA: (0,1),(30-7200),(30-600),(1-9)"),
            Set = SetKeepAlive,
        },
        new("+CIPDPDP")
        {
            Read = Say(modem => ReadLossDetection(modem.Gprs.Settings)),
            Test = Say("+CIPDPDP: (0,1),(1-180),(1-10)"),
            Set = SetLossDetection,
        },
        new("+CIPRDTIMER")
        {
            Read = Say(modem => Invariant($"+CIPRDTIMER: {modem.Gprs.Settings.CloseDelay.Single},{modem.Gprs.Settings.CloseDelay.Multi}")),
            Test = Say("+CIPRDTIMER: (100-4000),(100-7000)"),
            Set = SetCloseDelay,
        },
        new("+CIPSCONT") { Execute = (modem, _) => Assign(modem.Gprs.Save) },
        new("+CIPSSL")
        {
            Read = (modem, _) => modem.Options.HasBuiltInSsl ? SayFlag(modem, "+CIPSSL", modem.Gprs.Settings.Ssl) : CommandOutcome.Error,
            Test = (modem, _) => modem.Options.HasBuiltInSsl ? Say("+CIPSSL: (0-1)")(modem, CommandArguments.None) : CommandOutcome.Error,
            Set = (modem, arguments) => modem.Options.HasBuiltInSsl
                ? Number(0, 1, (m, value) => m.Gprs.Settings.Ssl = value == 1)(modem, arguments)
                : CommandOutcome.Error,
        },
    ];

    private static CommandRow Flag(string name, Func<GprsSettings, bool> get, Func<ModemEngine, bool, CommandOutcome> set) => new(name)
    {
        Read = (modem, _) => SayFlag(modem, name, get(modem.Gprs.Settings)),
        Test = Say(name + ": (0,1)"),
        Set = (modem, arguments) => arguments.Count == 1 && arguments.TryInteger(0, 0, 1, out var value)
            ? set(modem, value == 1)
            : CommandOutcome.Error,
    };

    private static CommandOutcome SayFlag(ModemEngine modem, string name, bool value)
    {
        modem.Reply.Information(value ? name + ": 1" : name + ": 0");
        return CommandOutcome.Ok;
    }

    private static CommandOutcome Assign(Action set)
    {
        set();
        return CommandOutcome.Ok;
    }

    /// <summary>Only while nothing is up; even the value it has is refused then, as in the field.</summary>
    private static CommandOutcome SetMulti(ModemEngine modem, bool on)
    {
        if (modem.Gprs.State is not GprsState.Initial || (on && modem.Gprs.Settings.Transparent))
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.Multi = on;
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetTransparent(ModemEngine modem, bool on)
    {
        if (modem.Gprs.Settings.Multi || modem.Gprs.Links[0].IsBusy)
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.Transparent = on;
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetAutoSend(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var mode) || !arguments.TryInteger(1, 1, 100, 1, out var seconds))
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.AutoSend = mode == 1 ? seconds : null;
        return CommandOutcome.Ok;
    }

    private static string ReadKeepAlive(GprsSettings settings) =>
        Invariant($"+CIPTKA: {settings.KeepAlive.Mode},{settings.KeepAlive.Idle},{settings.KeepAlive.Interval},{settings.KeepAlive.Count}");

    private static CommandOutcome SetKeepAlive(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var mode) || !arguments.TryInteger(1, 30, 7200, 7200, out var idle)
            || !arguments.TryInteger(2, 30, 600, 75, out var interval) || !arguments.TryInteger(3, 1, 9, 9, out var count))
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.KeepAlive = (mode, idle, interval, count);
        return CommandOutcome.Ok;
    }

    private static string ReadLossDetection(GprsSettings settings) =>
        Invariant($"+CIPDPDP: {settings.LossDetection.Mode},{settings.LossDetection.Interval},{settings.LossDetection.Tries}");

    private static CommandOutcome SetLossDetection(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var mode) || !arguments.TryInteger(1, 1, 180, 10, out var interval)
            || !arguments.TryInteger(2, 1, 10, 3, out var tries))
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.LossDetection = (mode, interval, tries);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetCloseDelay(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 100, 4000, out var single) || !arguments.TryInteger(1, 100, 7000, 3500, out var multi))
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.CloseDelay = (single, multi);
        return CommandOutcome.Ok;
    }
}
