using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Commands;

/// <summary>The shapes most handlers have.</summary>
internal static class Handlers
{
    internal static readonly CommandHandler Accept = static (_, _) => CommandOutcome.Ok;

    internal static CommandHandler Say(string text) => Say(_ => text);

    internal static CommandHandler Say(Func<ModemEngine, string> text) => (modem, _) =>
    {
        modem.Reply.Information(text(modem));
        return CommandOutcome.Ok;
    };

    /// <summary>One integer parameter within limits.</summary>
    internal static CommandHandler Number(int least, int most, Action<ModemEngine, int> set) => (modem, arguments) =>
    {
        if (arguments.Count != 1 || !arguments.TryInteger(0, least, most, out var value))
        {
            return CommandOutcome.Error;
        }

        set(modem, value);
        return CommandOutcome.Ok;
    };

    /// <summary>A basic command's number, which is 0 when it is not there (V.250 5.3.1).</summary>
    internal static CommandHandler Basic(int most, Action<ModemEngine, int> set) => (modem, arguments) =>
    {
        if (!arguments.TryInteger(0, 0, most, 0, out var value))
        {
            return CommandOutcome.Error;
        }

        set(modem, value);
        return CommandOutcome.Ok;
    };
}
