using Sim800.Files;

namespace Sim800.Cli;

/// <summary>A file of secrets: nobody but its owner reads it, and it is written where its name says.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>
    /// A new file in place of the one that may be there. It is made under another name and renamed, which follows no link and changes no file
    /// that somebody holds open.
    /// </summary>
    /// <exception cref="IOException">There is a link, or a file that others may read or write, or the folder takes no file.</exception>
    internal static FileStream Create(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException($"'{path}' is a symbolic link: give the file itself, for secrets are not written through a link.");
        }

        if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            throw new IOException($"'{path}' may be read or written by others: remove it first ('rm {path}'), for secrets go into it.");
        }

        var made = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        var file = new FileStream(made, OwnersFile.New(FileShare.Read | FileShare.Delete));
        try
        {
            File.Move(made, path, overwrite: true);
            return file;
        }
        catch
        {
            file.Dispose();
            File.Delete(made);
            throw;
        }
    }
}
