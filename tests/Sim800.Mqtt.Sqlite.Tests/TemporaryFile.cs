namespace Sim800.Mqtt.Sqlite.Tests;

/// <summary>A file name in a folder of its own that goes away with the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-store-");

    internal string Path => System.IO.Path.Combine(_folder.FullName, "session.db");

    internal string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
