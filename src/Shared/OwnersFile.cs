namespace Sim800.Files;

/// <summary>How a file is made that its owner alone reads and writes.</summary>
internal static class OwnersFile
{
    internal const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For writing. O_EXCL: whatever stands there under the name, even a link to nowhere, is an error.</summary>
    /// <param name="share">What others may do with it while it is open.</param>
    internal static FileStreamOptions New(FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode;
        }

        return options;
    }
}
