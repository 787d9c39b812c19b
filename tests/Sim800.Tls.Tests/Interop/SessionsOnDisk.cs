namespace Sim800.Tls.Tests.Interop;

/// <summary>A folder of sessions, opened anew as often as a process would be started.</summary>
internal sealed class SessionsOnDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-sessions-");

    internal string Path => _folder.FullName;

    internal IReadOnlyList<FileInfo> Files => _folder.GetFiles();

    public void Dispose() => _folder.Delete(recursive: true);

    internal TlsFileSessionCache Open() => new(_folder.FullName);
}
