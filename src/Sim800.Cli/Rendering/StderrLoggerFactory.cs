using Microsoft.Extensions.Logging;

namespace Sim800.Cli.Rendering;

/// <summary>Makes <see cref="StderrLogger"/>s.</summary>
internal sealed class StderrLoggerFactory(CliHost host, LogLevel minimum) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new StderrLogger(host, categoryName.Split('.')[^1], minimum);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is standard error alone.");

    public void Dispose()
    {
    }
}
