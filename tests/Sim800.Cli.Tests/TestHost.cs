using System.Globalization;
using System.Text;

namespace Sim800.Cli.Tests;

/// <summary>Surroundings a test can look into.</summary>
internal sealed class TestHost
{
    private readonly StringBuilder _error = new();

    internal Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    internal string Input { get; init; } = string.Empty;

    internal bool HasColour { get; init; }

    internal bool HasTerminal { get; init; }

    internal string Output => Encoding.UTF8.GetString(Written.ToArray());

    internal MemoryStream Written { get; } = new();

    internal string Error => _error.ToString();

    internal CliHost Host => new()
    {
        Input = new MemoryStream(Encoding.UTF8.GetBytes(Input)),
        Output = Written,
        Error = new StringWriter(_error, CultureInfo.InvariantCulture),
        HasColour = HasColour,
        HasTerminal = HasTerminal,
        Variable = name => Variables.GetValueOrDefault(name),
        TimeProvider = new FakeTimeProvider(),
    };

    internal Task<int> RunAsync(params string[] arguments) =>
        Application.RunAsync(arguments, Host, TestContext.Current.CancellationToken);
}
