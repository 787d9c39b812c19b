using Sim800.Simulator;
using TestKit.Hostile;

namespace EndToEnd.Tests;

/// <summary>A virtual modem on a pseudo-terminal that gives answers of the test's own to some commands, and says what the test wants.</summary>
internal sealed class OddModem : IAsyncDisposable
{
    private readonly VirtualModem _modem;
    private readonly ScriptedModem _script;
    private readonly PseudoTerminalLine _terminal;

    private OddModem(Func<string, string?> answer, VirtualModemOptions options)
    {
        _modem = VirtualModem.Create(options);
        _script = new ScriptedModem(_modem.Line) { Answer = answer };
        _terminal = PseudoTerminalLine.Open(_script.Line);
    }

    internal string DevicePath => _terminal.DevicePath;

    /// <summary>Every command line that the host has sent.</summary>
    internal IEnumerable<string> Commands => _script.Commands;

    /// <param name="answers">Command lines without their CR, and what comes instead of the virtual modem's answer.</param>
    internal static OddModem Start(params (string Command, string Answer)[] answers) => Start(TestModem.Quick, answers);

    internal static OddModem Start(VirtualModemOptions options, params (string Command, string Answer)[] answers)
    {
        var table = answers.ToDictionary(row => row.Command, row => row.Answer, StringComparer.Ordinal);
        return Start(table.GetValueOrDefault, options);
    }

    /// <param name="answer">What comes instead of the virtual modem's answer to this line; <c>null</c> for that.</param>
    /// <param name="options">Of the virtual modem.</param>
    internal static OddModem Start(Func<string, string?> answer, VirtualModemOptions? options = null) =>
        new(answer, options ?? TestModem.Quick);

    internal Task SayAsync(string text) => _script.SayAsync(text);

    public async ValueTask DisposeAsync()
    {
        await _script.DisposeAsync();
        await _terminal.DisposeAsync();
        await _modem.DisposeAsync();
    }
}
