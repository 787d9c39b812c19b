using Sim800.Files;

namespace Sim800.Tls.Sessions;

/// <summary>A folder of small secret files: atomic replacement, owner-only permissions, a bounded number.</summary>
internal sealed class SessionFolder(string path, int capacity)
{
    private const string Extension = ".session";
    private const string TemporaryExtension = ".tmp";
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(1);

    /// <returns><c>null</c> if it is not there, too large, or readable by others.</returns>
    /// <exception cref="UnauthorizedAccessException">Others may write to the folder.</exception>
    internal byte[]? Read(string name)
    {
        CheckFolder();
        var file = new FileInfo(PathOf(name));
        if (!file.Exists || file.Length > SessionFileFormat.LongestFile || !IsOwnerOnly(file))
        {
            return null;
        }

        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var content = new byte[Math.Min(stream.Length, SessionFileFormat.LongestFile)];
        stream.ReadExactly(content);
        return content;
    }

    /// <exception cref="UnauthorizedAccessException">Others may write to the folder.</exception>
    internal void Write(string name, byte[] content)
    {
        CreateFolder();
        CheckFolder();
        var temporary = Path.Combine(path, $"{Guid.NewGuid():N}{TemporaryExtension}");
        try
        {
            using (var stream = new FileStream(temporary, OwnersFile.New(FileShare.None)))
            {
                stream.Write(content);

                // Without it a power cut may leave the new name with nothing in it.
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, PathOf(name), overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        Trim();
    }

    internal void Delete(string name)
    {
        if (Directory.Exists(path))
        {
            File.Delete(PathOf(name));
        }
    }

    private static bool IsOwnerOnly(FileInfo file) =>
        OperatingSystem.IsWindows() || (file.UnixFileMode & ~OwnersFile.Mode) == UnixFileMode.None;

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnersFile.Mode | UnixFileMode.UserExecute);
        }
    }

    // Who can put a file there can put one whose master secret he knows, and be resumed for the server.
    private void CheckFolder()
    {
        if (!OperatingSystem.IsWindows()
            && new DirectoryInfo(path) is { Exists: true } folder
            && (folder.UnixFileMode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != UnixFileMode.None)
        {
            throw new UnauthorizedAccessException(
                $"Others may write to the folder of TLS sessions '{path}', so it is not used: chmod 700 it, or give one of its own.");
        }
    }

    private void Trim()
    {
        var folder = new DirectoryInfo(path);
        var files = folder.GetFiles("*" + Extension).OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        files.Skip(capacity).ToList().ForEach(file => file.Delete());

        // Of a process that was killed between writing and renaming. Compared with the file just written, not with a clock.
        var newest = files.Count > 0 ? files[0].LastWriteTimeUtc : DateTime.MinValue;
        foreach (var abandoned in folder.GetFiles("*" + TemporaryExtension).Where(file => newest - file.LastWriteTimeUtc > AbandonedAfter))
        {
            abandoned.Delete();
        }
    }

    private string PathOf(string name) => Path.Combine(path, name + Extension);
}
