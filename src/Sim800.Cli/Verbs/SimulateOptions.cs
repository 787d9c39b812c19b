using System.CommandLine;
using System.Globalization;
using Sim800.Files;
using Sim800.Simulator;

namespace Sim800.Cli.Verbs;

/// <summary>What the virtual modem of <c>simulate</c> is like.</summary>
internal sealed class SimulateOptions
{
    private const int LargestScript = 1024 * 1024;

    private readonly Option<string?> _link = new("--link")
    {
        Description = "Make a symbolic link to the device, so that its path is always the same.",
        HelpName = "PATH",
    };

    private readonly Option<string> _model = new("--model")
    {
        Description = "Which module it is: Sim800L, Sim7000G, A7670E or Sim7600E.",
        HelpName = "NAME",
        DefaultValueFactory = _ => nameof(VirtualModemModel.Sim800L),
    };

    private readonly Option<int> _baud = new("--baud")
    {
        Description = "Bits per second on the serial line.",
        HelpName = "RATE",
        DefaultValueFactory = _ => 115_200,
    };

    private readonly Option<double?> _roundTrip = new("--rtt")
    {
        Description = "Round-trip time to servers in milliseconds; by default that of the model's network, 600 for the SIM800L and 80 for LTE.",
        HelpName = "MS",
    };

    private readonly Option<double> _jitter = new("--jitter")
    {
        Description = "By how much the round-trip time varies either way, in milliseconds.",
        HelpName = "MS",
    };

    private readonly Option<int?> _uplink = new("--uplink-kbps") { Description = "Rate from the modem to the network.", HelpName = "KBPS" };

    private readonly Option<int?> _downlink = new("--downlink-kbps") { Description = "Rate from the network to the modem.", HelpName = "KBPS" };

    private readonly Option<string[]> _map = new("--map")
    {
        Description = "Send connections elsewhere: host:port=address:port. May be given several times.",
        HelpName = "MAP",
    };

    private readonly Option<string?> _pin = new("--pin") { Description = "The SIM card asks for this PIN.", HelpName = "DIGITS" };

    private readonly Option<string?> _apn = new("--apn") { Description = "The operator accepts this access point alone.", HelpName = "NAME" };

    private readonly Option<string[]> _faults = new("--fault")
    {
        Description = "Something goes wrong: NAME[=argument][@time]. May be given several times; --fault list names them.",
        HelpName = "FAULT",
    };

    private readonly Option<string?> _script = new("--script")
    {
        Description = "A file of faults, one TIME NAME[=argument] a line.",
        HelpName = "FILE",
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Where jitter and faults take their chances from.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _powerOn = new("--power-on") { Description = "The line opens with the boot of the modem." };

    private readonly Option<bool> _autoBaud = new("--autobaud") { Description = "The modem detects the host's rate at its first AT." };

    private readonly Option<string?> _log = new("--log", "--record")
    {
        Description = "Write every exchange with its time to this file, as --replay takes it; - is standard error.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _replay = new("--replay")
    {
        Description = "Be the modem of this transcript, and nothing else: fails when the program says something else.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _device = new("--device")
    {
        Description = "Be the real modem on this serial device, to record with --record what a program and it say.",
        HelpName = "PATH",
    };

    private readonly SimulatedDelays _delays = new();

    internal string? Link(ParseResult result) => result.GetValue(_link);

    internal string? Log(ParseResult result) => result.GetValue(_log);

    internal string? Replay(ParseResult result) => result.GetValue(_replay);

    internal string? Device(ParseResult result) => result.GetValue(_device);

    /// <exception cref="UsageException">There is no such model.</exception>
    internal VirtualModemModel Model(ParseResult result)
    {
        var names = Enum.GetNames<VirtualModemModel>();
        var name = Array.Find(names, known => string.Equals(known, result.GetValue(_model), StringComparison.OrdinalIgnoreCase));
        return name is null ? throw new UsageException($"--model takes one of: {string.Join(", ", names)}.") : Enum.Parse<VirtualModemModel>(name);
    }

    /// <exception cref="UsageException">It is none a serial line has.</exception>
    internal int BaudRate(ParseResult result) => result.GetValue(_baud) is >= 1200 and <= 3_686_400 and var rate
        ? rate
        : throw new UsageException("--baud takes 1200 to 3686400 bits per second.");

    internal bool ListsFaults(ParseResult result) => result.GetValue(_faults) is ["list"];

    internal void AddTo(Command command)
    {
        Option[] all =
        [
            _link, _model, _baud, _roundTrip, _jitter, _uplink, _downlink, _map, _pin, _apn, _faults, _script, _seed, _powerOn, _autoBaud, _log, _replay, _device,
        ];
        foreach (var option in all)
        {
            command.Add(option);
        }

        _delays.AddTo(command);
    }

    /// <exception cref="UsageException">A value cannot be meant.</exception>
    internal VirtualModemOptions Read(ParseResult result, IEnumerable<string> furtherMaps)
    {
        try
        {
            var options = new VirtualModemOptions
            {
                Model = Model(result),
                BaudRate = BaudRate(result),
                RoundTripTime = result.GetValue(_roundTrip) is { } roundTrip
                    ? Milliseconds(_roundTrip, roundTrip)
                    : VirtualModemOptions.For(Model(result)).RoundTripTime,
                RoundTripJitter = Milliseconds(_jitter, result.GetValue(_jitter)),
                UplinkKbps = result.GetValue(_uplink),
                DownlinkKbps = result.GetValue(_downlink),
                Pin = result.GetValue(_pin),
                Apn = result.GetValue(_apn),
                Seed = result.GetValue(_seed),
                StartsAtPowerOn = result.GetValue(_powerOn),
                AutoBaud = result.GetValue(_autoBaud),
                Faults = Faults(result),
                Network = SocketNetwork.FromMap([.. result.GetValue(_map) ?? [], .. furtherMaps]),
            };
            return _delays.Apply(options, result);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(Rendering.FailureText.Of(e));
        }
    }

    private FaultPlan Faults(ParseResult result)
    {
        var plan = FaultPlan.Parse(result.GetValue(_faults) ?? []);
        return result.GetValue(_script) is { } script ? plan.And(FaultPlan.ParseScript(
            BoundedInput.TryReadText(script, LargestScript) ?? throw new UsageException($"{script} is larger than 1 MB: it holds one fault a line."))) : plan;
    }

    private static TimeSpan Milliseconds(Option option, double value) => value switch
    {
        >= 0 and <= 600_000 and var milliseconds => TimeSpan.FromMilliseconds(milliseconds),
        _ => throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes 0 to 600000 milliseconds.")),
    };
}
