using System.Globalization;

namespace Quickstart;

/// <summary>The command line. Without <c>--device</c> everything is virtual.</summary>
internal sealed record QuickstartOptions
{
    internal const string Usage = """
        dotnet run --project samples/Quickstart
            a virtual SIM800 and a loopback broker; nothing else is needed

        dotnet run --project samples/Quickstart -- --device /dev/ttyUSB0 --apn internet \
            --host xyz.s2.eu.hivemq.cloud --user NAME --password SECRET
            a real modem and a real broker; also --baud, --pin, --port, --cafile, --count, --topic
        """;

    public string? Device { get; private set; }

    public int BaudRate { get; private set; } = 115_200;

    public string? Apn { get; private set; }

    public string? Pin { get; private set; }

    public string? Host { get; private set; }

    public int Port { get; private set; } = 8883;

    public string? User { get; private set; }

    public string? Password { get; private set; }

    public string? AuthorityFile { get; private set; }

    public int Count { get; private set; } = 10;

    public string Topic { get; private set; } = $"sim800-quickstart/{Guid.NewGuid():N}";

    public bool IsHelp { get; private set; }

    /// <summary>A network may take three minutes to let the modem in, a message half a minute.</summary>
    public TimeSpan Patience => TimeSpan.FromMinutes(5) + (Count * TimeSpan.FromSeconds(30));

    /// <exception cref="FormatException">An option is unknown, has no value or an impossible one.</exception>
    internal static QuickstartOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new QuickstartOptions();
        while (arguments is [var name, .. var rest])
        {
            if (name is "--help" or "-?")
            {
                return options with { IsHelp = true };
            }

            options.Set(name, rest is [var value, ..] ? value : throw new FormatException($"{name} needs a value."));
            arguments = rest[1..];
        }

        return options.Device is null == options.Host is null
            ? options
            : throw new FormatException("A real modem needs a real broker: give --device and --host together.");
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--device":
                Device = value;
                break;
            case "--baud":
                BaudRate = Number(name, value, 1200, 460_800);
                break;
            case "--apn":
                Apn = value;
                break;
            case "--pin":
                Pin = value;
                break;
            case "--host":
                Host = value;
                break;
            case "--port":
                Port = Number(name, value, 1, 65_535);
                break;
            case "--user":
                User = value;
                break;
            case "--password":
                Password = value;
                break;
            case "--cafile":
                AuthorityFile = value;
                break;
            case "--count":
                Count = Number(name, value, 1, 10_000);
                break;
            case "--topic":
                Topic = value;
                break;
            default:
                throw new FormatException($"There is no option {name}.");
        }
    }

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} takes {least} to {most}.");
}
