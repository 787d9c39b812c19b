using Sim800.Simulator.Machine;
using Sim800.Simulator.Radio;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Registration, operator, signal, attachment.</summary>
internal static class RadioCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CREG")
        {
            Read = Say(modem => Registration("+CREG", modem.Profile.Registration, modem.Radio.Registration)),
            Test = Say("+CREG: (0-2)"),
            Set = Number(0, 2, (modem, value) => modem.Profile.Registration = value),
        },
        new("+CGREG")
        {
            Read = Say(modem => Registration("+CGREG", modem.Profile.GprsRegistration, modem.Radio.GprsRegistration)),
            Test = Say("+CGREG: (0-2)"),
            Set = Number(0, 2, (modem, value) => modem.Profile.GprsRegistration = value),
        },
        new("+CSQ")
        {
            Execute = Say(modem => Invariant($"+CSQ: {(modem.Power.HasRadio ? modem.Radio.Strength : 99)},0")),
            Test = Say("+CSQ: (0-31,99),(0-7,99)"),
        },
        new("+COPS")
        {
            Read = Say(modem => modem.Radio.IsRegistered ? $"+COPS: 0,0,\"{modem.Options.OperatorName}\"" : "+COPS: 0"),
            Test = Search,
            Set = SelectOperator,
        },
        new("+CPAS") { Execute = Say("+CPAS: 0"), Test = Say("+CPAS: (0,2,3,4)") },
        new("+CLIP") { Read = Say("+CLIP: 0,1"), Test = Say("+CLIP: (0,1)"), Set = Accept },
        new("+CGATT")
        {
            Read = Say(modem => modem.Radio.IsAttached ? "+CGATT: 1" : "+CGATT: 0"),
            Test = Say("+CGATT: (0,1)"),
            Set = Attach,
            NeedsSim = true,
        },
    ];

    private static string Registration(string name, int mode, int stat)
    {
        var cell = mode == 2 && stat is RadioInterface.Home or RadioInterface.RoamingHere ? "," + RadioInterface.Cell : "";
        return Invariant($"{name}: {mode},{stat}{cell}");
    }

    private static CommandOutcome Search(ModemEngine modem, CommandArguments arguments)
    {
        modem.After(TimeSpan.FromSeconds(3), () =>
        {
            modem.Reply.Information($"+COPS: (2,\"{modem.Options.OperatorName}\",\"VGSM\",\"26201\"),,(0-4),(0-2)");
            modem.Interpreter.Complete(CommandOutcome.Ok);
        });
        return CommandOutcome.Pending;
    }

    private static CommandOutcome SelectOperator(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 4, out var mode))
        {
            return CommandOutcome.Error;
        }

        if (mode == 2)
        {
            modem.Radio.Lose(RadioInterface.Idle);
        }
        else if (mode != 3 && !modem.Radio.IsRegistered)
        {
            modem.Radio.Search(modem.Options.RegistrationTime);
        }

        return CommandOutcome.Ok;
    }

    private static CommandOutcome Attach(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var wanted))
        {
            return CommandOutcome.Error;
        }

        if (modem.Radio.IsAttached == (wanted == 1))
        {
            return CommandOutcome.Ok;
        }

        modem.After(modem.Options.RoundTripTime, () => modem.Interpreter.Complete(Change(modem, wanted == 1)));
        return CommandOutcome.Pending;
    }

    private static CommandOutcome Change(ModemEngine modem, bool attach)
    {
        if (attach)
        {
            return modem.Radio.Attach();
        }

        modem.Radio.Detach();
        return CommandOutcome.Ok;
    }
}
