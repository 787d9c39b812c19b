using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sim800.Modem;

namespace Sim800.Cli.Options;

/// <summary>The options every verb with a modem has; each also comes from an environment variable.</summary>
internal sealed class LineOptions
{
    private readonly Option<string?> _device = new("--device")
    {
        Description = "Serial device of the modem, such as /dev/ttyUSB0 (SIM800_DEVICE).",
        HelpName = "PATH",
    };

    private readonly Option<int?> _baud = new("--baud")
    {
        Description = "Bits per second on the serial line, 115200 by default (SIM800_BAUD).",
        HelpName = "RATE",
    };

    private readonly Option<string?> _family = new("--family")
    {
        Description = "auto asks the modem for its model; sim800, sim7000 or simcom-lte drive it as one of those (SIM800_FAMILY).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _apn = new("--apn")
    {
        Description = "Access point name of the operator (SIM800_APN).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _apnUser = new("--apn-user")
    {
        Description = "User name for the access point (SIM800_APN_USER).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _apnPassword = new("--apn-password")
    {
        Description = "Password for the access point (SIM800_APN_PASSWORD).",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _pin = new("--pin")
    {
        Description = "PIN of the SIM card, entered once at most (SIM800_PIN).",
        HelpName = "DIGITS",
    };

    private readonly Option<string[]> _dns = new("--dns")
    {
        Description = "Name server in place of the operator's; may be given twice.",
        HelpName = "ADDRESS",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int?> _maxSend = new("--max-send")
    {
        Description = "Bytes in one AT+CIPSEND at most, 1 to 1500, and 1460 with a SIM800; some networks do better with 1024.",
        HelpName = "BYTES",
    };

    private readonly Option<bool> _flowControl = new("--rtscts") { Description = "RTS and CTS are wired: use them." };

    private readonly Option<double?> _registrationTimeout = new("--registration-timeout")
    {
        Description = "Seconds to wait for a network, 180 by default.",
        HelpName = "SECONDS",
    };

    private readonly Option<string?> _state = new("--state")
    {
        Description = "Remember in this folder what is learnt of the modem, so that the next run asks less (SIM800_STATE). No secret is in it.",
        HelpName = "FOLDER",
    };

    internal void AddTo(Command command)
    {
        Option[] all = [_device, _baud, _family, _apn, _apnUser, _apnPassword, _pin, _dns, _maxSend, _flowControl, _registrationTimeout, _state];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">There is no device, or a value is out of its range.</exception>
    internal LineSettings Read(ParseResult result, CliHost host)
    {
        var settings = new LineSettings
        {
            Device = Text(result, _device, host, "SIM800_DEVICE") is { Length: > 0 } device
                ? device
                : throw new UsageException("No modem is named: give --device /dev/ttyUSB0 or set SIM800_DEVICE."),
            BaudRate = Number(result, _baud, host, "SIM800_BAUD") ?? 115_200,
            Family = FamilyNamed(Text(result, _family, host, "SIM800_FAMILY") ?? "auto"),
            Apn = Text(result, _apn, host, "SIM800_APN"),
            ApnUser = Text(result, _apnUser, host, "SIM800_APN_USER"),
            ApnPassword = Text(result, _apnPassword, host, "SIM800_APN_PASSWORD"),
            Pin = Text(result, _pin, host, "SIM800_PIN"),
            MaxSendSize = result.GetValue(_maxSend),
            FlowControl = result.GetValue(_flowControl),
            DnsServers = [.. (result.GetValue(_dns) ?? []).Select(NameServer)],
            StateFolder = Text(result, _state, host, "SIM800_STATE") is { } folder ? Checked(folder) : null,
            RegistrationTimeout = result.Seconds(_registrationTimeout, most: 86_400),
        };
        Check(settings);
        return settings;
    }

    private static void Check(LineSettings settings)
    {
        if (settings.BaudRate is < 1200 or > 3_686_400)
        {
            throw new UsageException("--baud takes 1200 to 3686400 bits per second.");
        }

        if (settings.Pin is { } pin && (pin.Length is < 4 or > 8 || !pin.All(char.IsAsciiDigit)))
        {
            throw new UsageException("--pin takes 4 to 8 digits.");
        }

        if (settings.MaxSendSize is < 1 or > 1500)
        {
            throw new UsageException("--max-send takes 1 to 1500 bytes.");
        }

        if (settings.DnsServers.Count > 2)
        {
            throw new UsageException("--dns can be given twice at most.");
        }
    }

    private static ModemFamily FamilyNamed(string name) => name switch
    {
        "auto" => ModemFamily.Automatic,
        "sim800" => ModemFamily.Sim800,
        "sim7000" => ModemFamily.Sim7000,
        "simcom-lte" => ModemFamily.SimcomLte,
        _ => throw new UsageException("--family takes auto, sim800, sim7000 or simcom-lte."),
    };

    private static string Checked(string folder) => folder.Length > 0 && !folder.Contains('\0', StringComparison.Ordinal) && !File.Exists(folder)
        ? folder
        : throw new UsageException("--state takes a folder, which need not exist yet.");

    private static IPAddress NameServer(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork
            ? address
            : throw new UsageException("--dns takes an IPv4 address, such as 9.9.9.9.");

    private static string? Text(ParseResult result, Option<string?> option, CliHost host, string variable) =>
        result.GetValue(option) ?? (host.Variable(variable) is { Length: > 0 } value ? value : null);

    private static int? Number(ParseResult result, Option<int?> option, CliHost host, string variable)
    {
        if (result.GetValue(option) is { } given)
        {
            return given;
        }

        return host.Variable(variable) switch
        {
            null or "" => null,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new UsageException($"{variable} is not a number."),
        };
    }
}
