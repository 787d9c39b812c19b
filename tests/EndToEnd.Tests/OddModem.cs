using System.Buffers;
using System.Text;
using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>A virtual modem on a pseudo-terminal that gives answers of the test's own to some commands, and says what the test wants.</summary>
internal sealed class OddModem : IAsyncDisposable
{
    private readonly VirtualModem _modem;
    private readonly DuplexPipePair _line = new();
    private readonly PseudoTerminalLine _terminal;
    private readonly Func<string, string?> _answer;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _relaying;

    private OddModem(Func<string, string?> answer, VirtualModemOptions options)
    {
        _answer = answer;
        _modem = VirtualModem.Create(options);
        _terminal = PseudoTerminalLine.Open(_line.Left);
        _relaying = Task.WhenAll(Task.Run(ToModemAsync, CancellationToken.None), Task.Run(ToHostAsync, CancellationToken.None));
    }

    internal string DevicePath => _terminal.DevicePath;

    /// <summary>Every command line that the host has sent.</summary>
    internal List<string> Commands { get; } = [];

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

    internal async Task SayAsync(string text)
    {
        await _writing.WaitAsync(_stopping.Token);
        try
        {
            await _line.Right.Output.WriteAsync(Encoding.Latin1.GetBytes(text), _stopping.Token);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _relaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _terminal.DisposeAsync();
        await _modem.DisposeAsync();
        _writing.Dispose();
        _stopping.Dispose();
    }

    private async Task ToModemAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            var result = await _line.Right.Input.ReadAsync(_stopping.Token);
            foreach (var octet in result.Buffer.ToArray())
            {
                line.Append((char)octet);
                if (octet == '\r')
                {
                    await PassAsync(line.ToString());
                    line.Clear();
                }
            }

            _line.Right.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private async Task PassAsync(string line)
    {
        var command = line.TrimEnd('\r').TrimStart('\u001b');
        lock (Commands)
        {
            Commands.Add(command);
        }

        if (_answer(command) is { } answer)
        {
            await SayAsync(answer);
        }
        else
        {
            await _modem.Line.Output.WriteAsync(Encoding.Latin1.GetBytes(line), _stopping.Token);
        }
    }

    private async Task ToHostAsync()
    {
        while (true)
        {
            var result = await _modem.Line.Input.ReadAsync(_stopping.Token);
            var text = Encoding.Latin1.GetString(result.Buffer.ToArray());
            _modem.Line.Input.AdvanceTo(result.Buffer.End);
            await SayAsync(text);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
