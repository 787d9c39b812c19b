using System.Globalization;
using Sim800.Wording;

namespace Sim800.Cli.Diagnosis;

/// <summary>Lists the serial devices: of Linux with what its kernel knows of the adapters, elsewhere by name.</summary>
internal static class SerialDevices
{
    private const int LongestText = 80;

    internal static IReadOnlyList<SerialDevice> List() =>
        OperatingSystem.IsLinux()
            ? List("/sys/class/tty", "/dev")
            : [.. System.IO.Ports.SerialPort.GetPortNames()
                .Where(name => !name.StartsWith("/dev/tty.", StringComparison.Ordinal)) // on macOS the twin of /dev/cu.*, whose opening waits for a carrier
                .Order(NaturalOrder.Instance).Select(name => new SerialDevice(name, null, null))];

    /// <param name="classes">The kernel's folder of terminals.</param>
    /// <param name="devices">The folder of device nodes.</param>
    internal static IReadOnlyList<SerialDevice> List(string classes, string devices)
    {
        if (!Directory.Exists(classes))
        {
            return [];
        }

        var stable = StablePaths(Path.Combine(devices, "serial", "by-id"));
        return
        [
            .. Directory.EnumerateDirectories(classes)
                .Where(IsThere)
                .Select(folder => (Folder: folder, Node: Path.Combine(devices, Path.GetFileName(folder))))
                .Where(device => File.Exists(device.Node))
                .OrderBy(device => device.Node, NaturalOrder.Instance)
                .Select(device => new SerialDevice(device.Node, AdapterOf(device.Folder), stable.GetValueOrDefault(device.Node))),
        ];
    }

    /// <summary>A terminal with hardware behind it; the kernel also keeps names of UARTs that the machine does not have.</summary>
    private static bool IsThere(string folder) =>
        Directory.Exists(Path.Combine(folder, "device")) && TextOf(Path.Combine(folder, "type")) is not "0";

    private static string? AdapterOf(string folder)
    {
        var target = new DirectoryInfo(Path.Combine(folder, "device")).ResolveLinkTarget(returnFinalTarget: true);
        for (var at = target?.FullName; at is not null; at = Path.GetDirectoryName(at))
        {
            if (TextOf(Path.Combine(at, "idVendor")) is { } vendor)
            {
                var words = new[] { TextOf(Path.Combine(at, "manufacturer")), TextOf(Path.Combine(at, "product")) };
                return string.Join(' ', [.. words.OfType<string>(), $"({vendor}:{TextOf(Path.Combine(at, "idProduct"))})"]);
            }
        }

        return null;
    }

    private static Dictionary<string, string> StablePaths(string folder)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (var link in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                if (File.ResolveLinkTarget(link, returnFinalTarget: true) is { } target)
                {
                    paths.TryAdd(target.FullName, link);
                }
            }
        }

        return paths;
    }

    /// <summary>The first line of a small file. An adapter may call itself anything.</summary>
    private static string? TextOf(string file)
    {
        try
        {
            var text = VisibleText.Of(File.ReadLines(file).FirstOrDefault("").Trim());
            return text.Length > LongestText ? text[..LongestText] : text.Length > 0 ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // not every adapter has every file, and one that is just being unplugged has none
        }
    }

    /// <summary>COM9 before COM10.</summary>
    private sealed class NaturalOrder : IComparer<string>
    {
        internal static readonly NaturalOrder Instance = new();

        public int Compare(string? x, string? y)
        {
            var (first, second) = (Key(x ?? ""), Key(y ?? ""));
            var order = string.CompareOrdinal(first.Name, second.Name);
            return order != 0 ? order : first.Number.CompareTo(second.Number);
        }

        private static (string Name, long Number) Key(string path)
        {
            var name = path.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            return (name, long.TryParse(path.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1);
        }
    }
}

/// <summary>A serial device of this machine.</summary>
/// <param name="Path">What <c>--device</c> takes.</param>
/// <param name="Description">Maker, product and identifiers of its USB adapter; <c>null</c> where it is none.</param>
/// <param name="StablePath">A name that stays when adapters change their order; <c>null</c> where there is none.</param>
internal sealed record SerialDevice(string Path, string? Description, string? StablePath);
