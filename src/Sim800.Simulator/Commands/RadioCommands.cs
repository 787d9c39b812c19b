using Sim800.Simulator.Machine;
using Sim800.Simulator.Messages;
using Sim800.Simulator.Radio;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Registration, operator, signal, attachment.</summary>
internal static class RadioCommands
{
    private const int NoNetworkService = 30;

    /// <summary>AT+COPS: how the operator was chosen, and how it is shown (AUTO_SAVE).</summary>
    private const string Mode = "+COPS.mode";

    /// <inheritdoc cref="Mode"/>
    private const string Format = "+COPS.format";

    internal static readonly CommandRow[] Rows =
    [
        new("+CREG")
        {
            Read = Say(modem => Registration("+CREG", modem.Profile.Registration, modem.Radio.Registration, RadioInterface.Cell)),
            Test = Say("+CREG: (0-2)"),
            Set = Number(0, 2, (modem, value) => modem.Profile.Registration = value),
        },
        new("+CGREG")
        {
            Read = Say(modem => Registration("+CGREG", modem.Profile.GprsRegistration, modem.Radio.GprsRegistration, RadioInterface.Cell)),
            Test = Say("+CGREG: (0-2)"),
            Set = Number(0, 2, (modem, value) => modem.Profile.GprsRegistration = value),
        },
        new("+CSQ")
        {
            Execute = Say(modem => Invariant($"+CSQ: {modem.Radio.Strength},0")),
            Test = Say("+CSQ: (0-31,99),(0-7,99)"),
        },
        new("+COPS")
        {
            Read = Say(modem => Operator(modem)),
            Test = Search(),
            Set = SelectOperator,
        },
        new("+CGATT")
        {
            Read = Say(modem => modem.Radio.IsAttached ? "+CGATT: 1" : "+CGATT: 0"),
            Test = Say("+CGATT: (0,1)"),
            Set = Attach,
            NeedsSim = true,
        },
    ];

    internal static string Registration(string name, int mode, int stat, string cell)
    {
        var place = mode == 2 && stat is RadioInterface.Home or RadioInterface.RoamingHere ? "," + cell : "";
        return Invariant($"{name}: {mode},{stat}{place}");
    }

    /// <summary>AT+COPS?, with what the module adds for the technology.</summary>
    internal static string Operator(ModemEngine modem, string technology = "")
    {
        var (mode, format) = (modem.KeptNumbers.GetValueOrDefault(Mode), modem.KeptNumbers.GetValueOrDefault(Format));
        return modem.Radio.IsRegistered ? Invariant($"+COPS: {mode},{format},\"{Shown(modem, format)}\"{technology}") : Invariant($"+COPS: {mode}");
    }

    /// <summary>The operator as the long name, the short one or the number; names are in the character set chosen.</summary>
    private static string Shown(ModemEngine modem, int format) => format switch
    {
        0 => CharacterSet.Shown(modem.Profile.CharacterSet, modem.Options.OperatorName),
        1 => CharacterSet.Shown(modem.Profile.CharacterSet, "VGSM"),
        _ => "26201",
    };

    internal static CommandHandler Search(string technology = "") => (modem, _) =>
    {
        modem.After(TimeSpan.FromSeconds(3), () =>
        {
            var heard = modem.Faults.IsOutOfReach ? "" : $"(2,\"{Shown(modem, 0)}\",\"{Shown(modem, 1)}\",\"{Shown(modem, 2)}\"{technology})";
            modem.Reply.Information($"+COPS: {heard},,(0-4),(0-2)");
            modem.Interpreter.Complete(CommandOutcome.Ok);
        });
        return CommandOutcome.Pending;
    };

    internal static CommandOutcome SelectOperator(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 4, out var mode) || !arguments.TryInteger(1, 0, 2, modem.KeptNumbers.GetValueOrDefault(Format), out var format))
        {
            return CommandOutcome.Error;
        }

        modem.KeptNumbers[Format] = format;
        modem.KeptNumbers[Mode] = mode is 2 or 3 ? modem.KeptNumbers.GetValueOrDefault(Mode) : mode;
        if (mode == 2)
        {
            modem.Radio.Lose(RadioInterface.Idle);
        }
        else if (mode == 1 && !string.Equals(arguments[2], Shown(modem, format), StringComparison.OrdinalIgnoreCase))
        {
            // Nobody else is here, and with mode 1 nobody else is taken.
            modem.Radio.Lose(RadioInterface.Idle);
            return CommandOutcome.Cme(NoNetworkService);
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
