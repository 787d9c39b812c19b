using Sim800.Simulator.Machine;
using Sim800.Simulator.Radio;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The contexts on LTE: the first is up as soon as the modem is attached, with the access point it had then.</summary>
internal static class LteContextCommands
{
    private const string Types = "(\"IP\",\"IPV6\",\"IPV4V6\")";

    internal static readonly CommandRow[] Rows =
    [
        new("+CGDCONT")
        {
            Read = ReadContexts,
            Test = Say(modem => Invariant($"+CGDCONT: (1-{modem.Radio.Contexts.Count}),{Types},,,(0-2),(0-4)")),
            Set = Define,
        },
        new("+CGAUTH") { Read = Say(ReadLogin), Test = Say(modem => Invariant($"+CGAUTH: (1-{modem.Radio.Contexts.Count}),(0-2),127,127")), Set = SetLogin },
        new("+CGACT") { Read = ReadActivation, Test = Say("+CGACT: (0,1)"), Set = Activate, NeedsSim = true },
        new("+CGPADDR") { Test = Say(modem => Invariant($"+CGPADDR: (1-{modem.Radio.Contexts.Count})")), Execute = SayAddresses, Set = SayAddress },
    ];

    private static CommandOutcome ReadContexts(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(modem.Radio.Contexts.Defined.Select(context => Invariant($"+CGDCONT: {context.Id},\"{context.Type}\",\"{context.AccessPoint}\",\"0.0.0.0\",0,0")));
        return CommandOutcome.Ok;
    }

    /// <summary>What is attached stays so; the definition counts at the next attach.</summary>
    private static CommandOutcome Define(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 1, modem.Radio.Contexts.Count, out var id) || (arguments.Count > 1 && arguments[1] is not ("IP" or "IPV6" or "IPV4V6")))
        {
            return CommandOutcome.Error;
        }

        modem.Radio.Contexts.Define(id, arguments.Count > 1 ? arguments[2] : null, arguments[1]);
        return CommandOutcome.Ok;
    }

    /// <summary>The read form has the user first, the write form the password.</summary>
    private static string ReadLogin(ModemEngine modem)
    {
        var login = modem.Radio.Contexts.Login;
        return login.Kind == 0 ? "+CGAUTH: 1,0" : Invariant($"+CGAUTH: 1,{login.Kind},\"{login.Second}\",\"{login.First}\"");
    }

    private static CommandOutcome SetLogin(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 1, modem.Radio.Contexts.Count, out var id) || !arguments.TryInteger(1, 0, 2, 0, out var kind)
            || arguments.Count > 4 || (kind > 0 && !arguments.Has(2)))
        {
            return CommandOutcome.Error;
        }

        if (id == 1)
        {
            modem.Radio.Contexts.Login = kind == 0 ? ContextLogin.None : new ContextLogin(kind, arguments[2], arguments[3]);
        }

        return CommandOutcome.Ok;
    }

    private static CommandOutcome ReadActivation(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(modem.Radio.Contexts.Defined.Select(context => Invariant($"+CGACT: {context.Id},{(IsActive(modem, context.Id) ? 1 : 0)}")));
        return CommandOutcome.Ok;
    }

    private static CommandOutcome Activate(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var state) || !arguments.TryInteger(1, 1, modem.Radio.Contexts.Count, 1, out var id))
        {
            return CommandOutcome.Error;
        }

        if (id == 1)
        {
            return state == 1 && modem.Radio.IsAttached ? CommandOutcome.Ok : CommandOutcome.Error;
        }

        modem.After(modem.Options.RoundTripTime, () => modem.Interpreter.Complete(PdpCommands.Change(modem, state, id)));
        return CommandOutcome.Pending;
    }

    private static bool IsActive(ModemEngine modem, int id) => id == 1 ? modem.Radio.IsAttached : modem.Radio.Contexts.IsActive(id);

    private static CommandOutcome SayAddresses(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(modem.Radio.Contexts.Defined.Select(context => AddressLine(modem, context.Id)));
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SayAddress(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count != 1 || !arguments.TryInteger(0, 1, modem.Radio.Contexts.Count, out var id))
        {
            return CommandOutcome.Error;
        }

        modem.Reply.Information(AddressLine(modem, id));
        return CommandOutcome.Ok;
    }

    private static string AddressLine(ModemEngine modem, int id) =>
        Invariant($"+CGPADDR: {id},{(id == 1 ? modem.Radio.IsAttached ? PacketContexts.BearerAddress : PacketContexts.NoAddress : modem.Radio.Contexts.AddressOf(id))}");
}
