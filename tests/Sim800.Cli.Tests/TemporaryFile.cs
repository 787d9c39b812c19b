namespace Sim800.Cli.Tests;

/// <summary>A file name that is free, and free again afterwards.</summary>
internal sealed class TemporaryFile : IDisposable
{
    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"sim800-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(Path);
}
