using System.CommandLine;
using System.Globalization;
using Sim800.Simulator;

namespace Sim800.Cli.Verbs;

/// <summary>The finer points of the virtual modem of <c>simulate</c>: delays, buffers, what its radio reports.</summary>
internal sealed class SimulatedDelays
{
    private readonly Option<double?> _command = Milliseconds("--command-delay", "From a command or a payload to its answer; 5 by default.");

    private readonly Option<double?> _name = Milliseconds("--dns-delay", "How long a name takes to resolve; a round trip by default.");

    private readonly Option<double?> _context = Milliseconds("--pdp-delay", "How long AT+CIICR or AT+NETOPEN takes; a round trip by default.");

    private readonly Option<int?> _sendBuffer = Bytes("--send-buffer", "Unacknowledged bytes a link holds; 32768 by default.");

    private readonly Option<int?> _receiveBuffer = Bytes("--receive-buffer", "Unread bytes a link holds before the TCP window closes; 32768 by default.");

    private readonly Option<int?> _signal = new("--signal") { Description = "What AT+CSQ reports, 0 to 31 or 99; 21 by default.", HelpName = "RSSI" };

    private readonly Option<bool> _roaming = new("--roaming") { Description = "Registered in a foreign network." };

    private readonly Option<bool> _ssl = new("--built-in-ssl") { Description = "The firmware knows AT+CIPSSL, whose handshake fails." };

    internal void AddTo(Command command)
    {
        Option[] all = [_command, _name, _context, _sendBuffer, _receiveBuffer, _signal, _roaming, _ssl];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">A value cannot be meant.</exception>
    internal VirtualModemOptions Apply(VirtualModemOptions options, ParseResult result) => options with
    {
        CommandDelay = Read(result, _command) ?? options.CommandDelay,
        DnsDelay = Read(result, _name),
        PdpActivationTime = Read(result, _context),
        SendBufferSize = Read(result, _sendBuffer) ?? options.SendBufferSize,
        ReceiveBufferSize = Read(result, _receiveBuffer) ?? options.ReceiveBufferSize,
        SignalStrength = (result.GetValue(_signal) ?? options.SignalStrength) is var signal and ((>= 0 and <= 31) or 99)
            ? signal
            : throw new UsageException("--signal takes 0 to 31, or 99 for unknown."),
        Roaming = result.GetValue(_roaming),
        HasBuiltInSsl = result.GetValue(_ssl),
    };

    private static Option<double?> Milliseconds(string name, string description) => new(name) { Description = description, HelpName = "MS" };

    private static Option<int?> Bytes(string name, string description) => new(name) { Description = description, HelpName = "BYTES" };

    private static TimeSpan? Read(ParseResult result, Option<double?> option) => result.GetValue(option) switch
    {
        null => null,
        { } milliseconds and >= 0 and <= 600_000 => TimeSpan.FromMilliseconds(milliseconds),
        _ => throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes 0 to 600000 milliseconds.")),
    };

    private static int? Read(ParseResult result, Option<int?> option) => result.GetValue(option) switch
    {
        null => null,
        { } bytes and >= 1460 and <= 16_777_216 => bytes,
        _ => throw new UsageException($"{option.Name} takes 1460 to 16777216 bytes."),
    };
}
