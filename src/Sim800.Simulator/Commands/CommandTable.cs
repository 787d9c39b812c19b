using System.Collections.Frozen;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Commands;

/// <summary>Every command the modem knows; one group a file.</summary>
internal static class CommandTable
{
    private static readonly FrozenDictionary<string, CommandRow> Rows = new[]
    {
        GeneralCommands.Rows,
        IdentityCommands.Rows,
        SimCommands.Rows,
        RadioCommands.Rows,
        CellCommands.Rows,
        PowerCommands.Rows,
        SerialCommands.Rows,
        PdpCommands.Rows,
        IpSettingCommands.Rows,
        LinkCommands.Rows,
        ServerCommands.Rows,
        SendCommands.Rows,
        ReceiveCommands.Rows,
        TransparentCommands.Rows,
        NameCommands.Rows,
        BearerCommands.Rows,
        ClockCommands.Rows,
        MessageSettingCommands.Rows,
        MessageCommands.Rows,
        UssdCommands.Rows,
        CallCommands.Rows,
        PhonebookCommands.Rows,
        HardwareCommands.Rows,
    }.SelectMany(rows => rows).ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>All names, in alphabetical order.</summary>
    internal static IEnumerable<string> Names => Rows.Keys.Order(StringComparer.Ordinal);

    internal static CommandRow? Find(string name) => Rows.GetValueOrDefault(name);
}
