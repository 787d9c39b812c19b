using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Sim800.Files;

namespace Sim800.Cli.Monitor;

/// <summary>
/// Where the sessions that let themselves be watched listen: a socket each, named after the device and the process, in a folder that only its user
/// enters.
/// </summary>
internal static partial class SharedSessions
{
    private const UnixFileMode OwnersFolder = OwnersFile.Mode | UnixFileMode.UserExecute;
    private const string Ending = ".sock";

    /// <summary>The path of a socket has room for about a hundred characters.</summary>
    private const int LongestLabel = 24;

    /// <summary>Of the files that lie in the folder, so many are looked at.</summary>
    private const int MostFiles = 200;

    /// <summary>The path of this process's own socket, in a folder that is there.</summary>
    /// <exception cref="IOException">There is no such folder to be had.</exception>
    internal static string Claim(CliHost host, string device)
    {
        var folder = Folders(host)[0];
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnersFolder);
            if (!IsPrivate(folder))
            {
                throw new IOException($"--share-monitor needs '{folder}' for this user alone: remove it, or make it so ('chmod 700 {folder}').");
            }
        }

        _ = Listening(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Label(device)}.{Environment.ProcessId}{Ending}"));
        File.Delete(path); // of an earlier process with this number
        return path;
    }

    /// <exception cref="IOException">The path is too long for a socket.</exception>
    internal static UnixDomainSocketEndPoint EndPoint(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new IOException($"'{path}' is too long for a socket: name a shorter folder with XDG_RUNTIME_DIR.", e);
        }
    }

    /// <summary>The session that is meant: by its device, its process, the path of its socket, or because it is the only one.</summary>
    /// <exception cref="IOException">There is no such session, or several.</exception>
    internal static SharedSession Choose(CliHost host, string? which)
    {
        if (which?.EndsWith(Ending, StringComparison.Ordinal) == true)
        {
            return SharedSession.At(which);
        }

        var all = Find(host);
        var meant = which is null ? all : [.. all.Where(one => one.IsMeantBy(which))];
        var there = string.Join(", ", all);
        return (meant, all) switch
        {
            ([var one], _) => one,
            (_, []) => throw new IOException("No session lets itself be watched: start pub, sub, bridge or monitor with --share-monitor, as this user."),
            ([], _) => throw new IOException($"No session of '{which}' lets itself be watched; there is {there}."),
            _ => throw new IOException($"Several sessions let themselves be watched: {there}. Name the process of one behind --attach."),
        };
    }

    /// <summary>The sessions of this user that listen now.</summary>
    internal static IReadOnlyList<SharedSession> Find(CliHost host) => [.. Folders(host).Where(IsPrivate).SelectMany(Listening)];

    /// <summary>What a device is called in the name of a file: its own name without its folder, as far as it is harmless.</summary>
    internal static string Label(string device)
    {
        var name = Odd().Replace(Path.GetFileName(Path.TrimEndingDirectorySeparator(device)), "_");
        return name.Length <= LongestLabel ? name : name[^LongestLabel..];
    }

    /// <summary>The first is where this process listens. A service has no folder of a login, and its user looks for it from one.</summary>
    private static string[] Folders(CliHost host)
    {
        var temporary = Path.Combine(Path.GetTempPath(), $"sim800-mqtt-{Odd().Replace(Environment.UserName, "_")}");
        return host.Variable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime ? [Path.Combine(runtime, "sim800-mqtt"), temporary] : [temporary];
    }

    private static bool IsPrivate(string folder) => new DirectoryInfo(folder) is { Exists: true, LinkTarget: null }
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder) & ~OwnersFolder) == UnixFileMode.None);

    private static IEnumerable<SharedSession> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Ending).Take(MostFiles).Where(path => Name().IsMatch(Path.GetFileName(path))).Order(StringComparer.Ordinal).Select(SharedSession.At);

    /// <summary>Those that listen. What a process left that is gone is removed; one that is there may be about to listen.</summary>
    private static List<SharedSession> Listening(string folder)
    {
        var listening = new List<SharedSession>();
        foreach (var one in Files(folder))
        {
            if (IsListening(one.Path))
            {
                listening.Add(one);
            }
            else if (!IsRunning(one.Process))
            {
                File.Delete(one.Path);
            }
        }

        return listening;
    }

    private static bool IsListening(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(EndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex("[^A-Za-z0-9_-]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Odd();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{0,24}\.[0-9]{1,9}\.sock$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}

/// <summary>A session that can be watched.</summary>
/// <param name="Path">Its socket.</param>
/// <param name="Device">The name of its device.</param>
/// <param name="Process">Its process; 0 when the name of the socket does not tell.</param>
internal sealed record SharedSession(string Path, string Device, int Process)
{
    public override string ToString() => Process == 0 ? $"'{Path}'" : string.Create(CultureInfo.InvariantCulture, $"{Device} (process {Process})");

    internal static SharedSession At(string path) => System.IO.Path.GetFileName(path).Split('.') is [var device, var process, _]
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new SharedSession(path, device, number)
            : new SharedSession(path, "", 0);

    internal bool IsMeantBy(string which) =>
        which.Equals(Process.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) || SharedSessions.Label(which).Equals(Device, StringComparison.Ordinal);
}
