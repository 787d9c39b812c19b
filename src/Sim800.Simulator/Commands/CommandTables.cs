namespace Sim800.Simulator.Commands;

/// <summary>The tables of the models.</summary>
internal static class CommandTables
{
    internal static CommandTable Sim800 { get; } = new(
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
        HardwareCommands.Rows);

    internal static CommandTable Sim7000 { get; } = Sim800.With(Sim7000Commands.Rows);

    /// <summary>What A76xx and SIM7600 have in common.</summary>
    private static CommandTable Lte { get; } = new CommandTable(
        GeneralCommands.Rows,
        SimCommands.Rows,
        RadioCommands.Rows,
        SerialCommands.Rows,
        MessageSettingCommands.Rows,
        MessageCommands.Rows,
        UssdCommands.Rows,
        CallCommands.Rows,
        PhonebookCommands.Rows,
        LteGeneralCommands.Rows,
        LteRadioCommands.Rows,
        LteContextCommands.Rows,
        LtePowerCommands.Rows,
        LteClockCommands.Rows,
        SocketSettingCommands.Rows,
        SocketServiceCommands.Rows,
        SocketCommands.Rows,
        SocketDataCommands.Rows,
        SocketNameCommands.Rows).Without("+CIURC", "+CSPN");

    internal static CommandTable A7670E { get; } = Lte.With(A76xxCommands.Rows);

    internal static CommandTable Sim7600E { get; } = Lte.With(Sim7600Commands.Rows);
}
