using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sim800.Simulator.Line;

namespace Sim800.Simulator;

/// <summary>A file for its owner alone, which is not reached through a symbolic link that somebody else has put there.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="IOException">It cannot be written, or is a symbolic link.</exception>
    internal static FileStream Create(string path)
    {
        var file = OperatingSystem.IsLinux() ? Open(path) : Elsewhere(path);
        if (!file.CanSeek || IsDevice(path))
        {
            return file;
        }

        file.SetLength(0);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        }

        return file;
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private static FileStream Open(string path)
    {
        var descriptor = Libc.Open(path, Libc.WriteOnly | Libc.Create | Libc.NoFollow | Libc.CloseOnExec, Libc.OwnerOnly);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException(error == Libc.TooManyLinks
                ? $"{path} is a symbolic link: what it holds is secret, so name the file itself."
                : $"{path} cannot be written: {Marshal.GetPInvokeErrorMessage(error)}. Choose a file you may write to.");
        }

        return new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write);
    }

    /// <summary>A device such as /dev/null has no length, and its mode is not ours to change.</summary>
    private static bool IsDevice(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    private static FileStream Elsewhere(string path) => new FileInfo(path).LinkTarget is null
        ? new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read)
        : throw new IOException($"{path} is a symbolic link: what it holds is secret, so name the file itself.");
}
