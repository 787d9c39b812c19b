namespace Sim800.Simulator.Machine;

/// <summary>The running counts behind <see cref="VirtualModemCounters"/>.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _commands = new(StringComparer.Ordinal);
    private bool _awaitingAnswer;

    internal long CommandLines { get; set; }

    internal long UartFromHost { get; set; }

    internal long UartToHost { get; set; }

    internal long TcpSent { get; private set; }

    internal long TcpReceived { get; private set; }

    internal long CipSends { get; private set; }

    internal long CipRxGetReads { get; private set; }

    internal long RoundTrips { get; private set; }

    internal long Connections { get; set; }

    internal long Boots { get; set; }

    internal long HostOverrunBytes { get; set; }

    internal void Count(Command command)
    {
        _commands[command.Name] = _commands.GetValueOrDefault(command.Name) + 1;
        CipSends += command is { Name: "+CIPSEND", Form: CommandForm.Set or CommandForm.Execute } ? 1 : 0;
        CipRxGetReads += command is { Name: "+CIPRXGET", Form: CommandForm.Set } && command.Arguments[0] is "2" or "3" ? 1 : 0;
    }

    internal void Sent(int bytes)
    {
        TcpSent += bytes;
        _awaitingAnswer = true;
    }

    /// <summary>A round trip is over when the first bytes come back after some were sent.</summary>
    internal void Received(int bytes)
    {
        TcpReceived += bytes;
        RoundTrips += _awaitingAnswer ? 1 : 0;
        _awaitingAnswer = false;
    }

    internal VirtualModemCounters Snapshot() => new()
    {
        Commands = new SortedDictionary<string, long>(_commands, StringComparer.Ordinal),
        CommandLines = CommandLines,
        UartBytesFromHost = UartFromHost,
        UartBytesToHost = UartToHost,
        TcpBytesSent = TcpSent,
        TcpBytesReceived = TcpReceived,
        CipSends = CipSends,
        CipRxGetReads = CipRxGetReads,
        RoundTrips = RoundTrips,
        Connections = Connections,
        Boots = Boots,
        HostOverrunBytes = HostOverrunBytes,
    };
}
