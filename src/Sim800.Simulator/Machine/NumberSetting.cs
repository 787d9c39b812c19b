using static System.FormattableString;

namespace Sim800.Simulator.Machine;

/// <summary>A number with limits that one command sets, reads and describes.</summary>
internal sealed class NumberSetting(string name, int least, int most, int initial, Saving saving = Saving.None)
{
    /// <summary>The command: set, read and test form. A set form without a value changes nothing.</summary>
    internal CommandRow Row => new(name)
    {
        Read = (modem, _) => Say(modem, Invariant($"{name}: {Of(modem)}")),
        Test = (modem, _) => Say(modem, most - least == 1 ? Invariant($"{name}: ({least},{most})") : Invariant($"{name}: ({least}-{most})")),
        Set = Set,
    };

    internal int Of(ModemEngine modem) => saving switch
    {
        Saving.Profile => modem.Profile.Numbers.GetValueOrDefault(name, initial),
        Saving.Always => modem.KeptNumbers.GetValueOrDefault(name, initial),
        _ => modem.UnsavedNumbers.GetValueOrDefault(name, initial),
    };

    internal CommandOutcome Set(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count > 1 || !arguments.TryInteger(0, least, most, Of(modem), out var value))
        {
            return CommandOutcome.Error;
        }

        switch (saving)
        {
            case Saving.Profile:
                modem.Profile.Numbers = modem.Profile.Numbers.SetItem(name, value);
                break;
            case Saving.Always:
                modem.KeptNumbers[name] = value;
                break;
            default:
                modem.UnsavedNumbers[name] = value;
                break;
        }

        return CommandOutcome.Ok;
    }

    private static CommandOutcome Say(ModemEngine modem, string text)
    {
        modem.Reply.Information(text);
        return CommandOutcome.Ok;
    }
}

/// <summary>What becomes of a setting (manual 1.7.1): gone with a restart, kept by AT&amp;W, or kept at once.</summary>
internal enum Saving
{
    None,
    Profile,
    Always,
}
