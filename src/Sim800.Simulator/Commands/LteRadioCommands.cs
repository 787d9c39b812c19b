using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Registration, operator, attachment and signal on LTE.</summary>
internal static class LteRadioCommands
{
    /// <summary>AT+CNMP: 2 automatic, 13 GSM, 38 LTE.</summary>
    private const string SystemMode = "+CNMP";

    internal static readonly CommandRow[] Rows =
    [
        EpsRegistration,
        new("+CSQ") { Execute = Say(modem => Invariant($"+CSQ: {modem.Radio.Strength},99")), Test = Say("+CSQ: (0-31,99),(0-7,99)") },
        new("+COPS") { Read = Say(modem => RadioCommands.Operator(modem, ",7")), Test = RadioCommands.Search(",7"), Set = RadioCommands.SelectOperator },
        new("+CGATT")
        {
            Read = Say(modem => modem.Radio.IsAttached ? "+CGATT: 1" : "+CGATT: 0"),
            Test = Say("+CGATT: (0,1)"),
            Set = Attach,
            NeedsSim = true,
        },
        SystemModes(2, 13, 38),
    ];

    /// <summary>AT+CEREG, the registration that counts on LTE.</summary>
    internal static CommandRow EpsRegistration => new("+CEREG")
    {
        Read = Say(modem => RadioCommands.Registration("+CEREG", modem.Profile.EpsRegistration, modem.Radio.GprsRegistration, Radio.RadioInterface.LteCell)),
        Test = Say("+CEREG: (0-2)"),
        Set = Number(0, 2, (modem, value) => modem.Profile.EpsRegistration = value),
    };

    /// <summary>AT+CNMP with the modes the module knows; they are kept and change nothing.</summary>
    internal static CommandRow SystemModes(params int[] modes) => new(SystemMode)
    {
        Read = Say(modem => Invariant($"{SystemMode}: {modem.KeptNumbers.GetValueOrDefault(SystemMode, modes[0])}")),
        Test = Say($"{SystemMode}: ({string.Join(',', modes)})"),
        Set = (modem, arguments) =>
        {
            if (!arguments.TryInteger(0, 0, 255, out var mode) || Array.IndexOf(modes, mode) < 0)
            {
                return CommandOutcome.Error;
            }

            modem.KeptNumbers[SystemMode] = mode;
            return CommandOutcome.Ok;
        },
    };

    /// <summary>To be detached on LTE is to be deregistered.</summary>
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
        if (!attach)
        {
            modem.Radio.Detach();
            return CommandOutcome.Ok;
        }

        modem.Radio.Search(TimeSpan.Zero);
        return modem.Radio.IsAttached ? CommandOutcome.Ok : CommandOutcome.Error;
    }
}
