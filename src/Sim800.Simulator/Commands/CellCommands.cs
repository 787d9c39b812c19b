using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The band, and the cells around (manual 6.2.17 and 6.2.21).</summary>
internal static class CellCommands
{
    private const string AllBands = "ALL_BAND";
    private const string Network = "262,01";
    private const string Area = "2f4a";

    private static readonly string[] Bands =
    [
        "EGSM_MODE", "PGSM_MODE", "DCS_MODE", "GSM850_MODE", "PCS_MODE", "EGSM_DCS_MODE", "GSM850_PCS_MODE", "EGSM_PCS_MODE", AllBands,
    ];

    /// <summary>Neighbours: channel, identity code, cell, and how much weaker than the serving cell they are.</summary>
    private static readonly (int Channel, int Bsic, string Cell, int Weaker)[] Neighbours = [(82, 49, "61da", 8), (570, 23, "61dc", 15)];

    internal static readonly CommandRow[] Rows =
    [
        new("+CBAND")
        {
            Read = Say(modem => modem.Radio.Band is AllBands ? "+CBAND: EGSM_MODE,ALL_BAND" : "+CBAND: " + modem.Radio.Band),
            Test = Say($"+CBAND: ({string.Join(',', Bands)})"),
            Set = SetBand,
        },
        new("+CENG") { Read = ReadCells, Test = Say("+CENG: (0-4),(0,1)"), Set = SetEngineeringMode },
    ];

    private static CommandOutcome SetBand(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count != 1 || Array.IndexOf(Bands, arguments[0]) < 0)
        {
            return CommandOutcome.NotAllowed;
        }

        modem.Radio.Band = arguments[0];
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetEngineeringMode(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count > 2 || !arguments.TryInteger(0, 0, 4, out var mode) || !arguments.TryInteger(1, 0, 1, 0, out var neighbours))
        {
            return CommandOutcome.Error;
        }

        modem.Radio.Engineering = (mode, neighbours == 1);
        if (mode == 2)
        {
            modem.After(TimeSpan.Zero, () =>
            {
                foreach (var cell in Cells(modem))
                {
                    modem.Reply.Unsolicited(cell);
                }
            });
        }

        return CommandOutcome.Ok;
    }

    private static CommandOutcome ReadCells(ModemEngine modem, CommandArguments arguments)
    {
        var (mode, neighbours) = modem.Radio.Engineering;
        modem.Reply.Information(Invariant($"+CENG: {mode},{(neighbours ? 1 : 0)}"));
        var cells = mode == 0 ? [] : Cells(modem).ToArray();
        if (cells.Length > 0)
        {
            modem.Reply.Information(cells);
        }

        return CommandOutcome.Ok;
    }

    /// <summary>The receive level is twice what AT+CSQ says.</summary>
    private static IEnumerable<string> Cells(ModemEngine modem)
    {
        if (!modem.Radio.IsRegistered)
        {
            yield break;
        }

        var (mode, neighbours) = modem.Radio.Engineering;
        var level = 2 * Math.Min(modem.Radio.Strength, 31);
        var wide = mode == 4 ? Invariant($",{113 - level},30,30,x,x,x,x,x,x,x") : "";
        yield return mode == 3
            ? Invariant($"+CENG: 0,\"{Network},{Area},61d9,33,{level:D2}\"")
            : Invariant($"+CENG: 0,\"0013,{level:D2},00,{Network},33,61d9,05,05,{Area},255{wide}\"");
        for (var i = 0; i < Neighbours.Length && (neighbours || mode == 3); i++)
        {
            var (channel, bsic, cell, weaker) = Neighbours[i];
            var theirs = Math.Max(level - weaker, 0);
            yield return mode == 3
                ? Invariant($"+CENG: {i + 1},\"{Network},{Area},{cell},{bsic},{theirs:D2}\"")
                : Invariant($"+CENG: {i + 1},\"{channel:D4},{theirs:D2},{bsic},{cell},{Network},{Area}{(mode == 4 ? ",20,20" : "")}\"");
        }
    }
}
