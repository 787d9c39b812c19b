using System.Globalization;

namespace Sim800.Cli.Verbs;

/// <summary>
/// Shows what the modem says by itself beside the answers to commands: what belongs to a command that was asked, messages that come, and while
/// somebody waits for it (<c>--wait</c>) everything.
/// </summary>
/// <param name="host">Where it is shown.</param>
/// <param name="wait">How long it is waited for after the last command; <c>null</c> for a reply only, where one is due.</param>
internal sealed class ModemNews(CliHost host, TimeSpan? wait) : IProgress<string>
{
    private static readonly TimeSpan LongestReply = TimeSpan.FromSeconds(30);

    /// <summary>What comes later than the OK of a command: the command, and how the line begins, or ends.</summary>
    private static readonly (string Command, string[] Replies)[] Later =
    [
        ("+CUSD=1,", ["+CUSD:"]),
        ("+CNTP", ["+CNTP:"]),
        ("+CIPSTART=", ["CONNECT OK", "CONNECT FAIL", "ALREADY CONNECT"]),
        ("+CDNSGIP=", ["+CDNSGIP:"]),
        ("+HTTPACTION=", ["+HTTPACTION:"]),
        ("+CLBS=", ["+CLBS:"]),
    ];

    /// <summary>Messages and calls are told to everybody: a reply to USSD may come as a message.</summary>
    private static readonly string[] Always = ["+CMTI:", "+CMT:", "+CDS:", "+CDSI:", "+CUSD:"];

    private readonly Lock _gate = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Queue<string> _held = new();
    private TaskCompletionSource? _reply;
    private bool _isAsked;
    private bool _isAsking;
    private string[] _due = [];

    /// <summary>A line of the modem that nobody asked for. Comes from the modem's own tasks.</summary>
    public void Report(string value)
    {
        lock (_gate)
        {
            if (!_isAsked)
            {
                return; // of the bring-up
            }

            if (wait is not null || Always.Any(value.StartsWith) || IsDue(value) || _names.Any(name => value.StartsWith(name + ":", StringComparison.Ordinal)))
            {
                _held.Enqueue(value);
            }

            Note(value);
            if (!_isAsking)
            {
                PrintHeld();
            }
        }
    }

    /// <summary>Before the command is sent: its reply may come before its answer.</summary>
    internal void Ask(string command)
    {
        var body = command.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        lock (_gate)
        {
            _isAsked = _isAsking = true;
            foreach (var part in body.StartsWith("AT", StringComparison.Ordinal) ? body[2..].Split(';') : [])
            {
                var end = part.AsSpan().IndexOfAny('=', '?');
                var name = end < 0 ? part : part[..end];
                if (name.StartsWith('+'))
                {
                    _names.Add(name);
                }

                if (Later.FirstOrDefault(row => row.Command.EndsWith('=') || row.Command.EndsWith(',')
                    ? part.StartsWith(row.Command, StringComparison.Ordinal)
                    : string.Equals(part, row.Command, StringComparison.Ordinal)) is { Replies: { } replies })
                {
                    _due = replies;
                    _reply = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
    }

    /// <summary>The command was refused: nothing more is due.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            _isAsking = false;
            _reply?.TrySetResult();
            PrintHeld();
        }
    }

    /// <summary>
    /// Shows what has come while a command is not answered yet. What comes at the same time as the answer is held, so that it stands behind it.
    /// </summary>
    internal void Catch()
    {
        lock (_gate)
        {
            PrintHeld();
        }
    }

    /// <summary>The lines of an answer, of which one may be the reply.</summary>
    internal void Show(IReadOnlyList<string> lines)
    {
        lock (_gate)
        {
            foreach (var line in lines)
            {
                Print(line);
                Note(line);
            }

            _isAsking = false;
            PrintHeld();
        }
    }

    /// <summary>After the last command.</summary>
    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (wait is { } given)
        {
            await Task.Delay(given, host.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        else if (_reply is { Task: { IsCompleted: false } reply })
        {
            try
            {
                await reply.WaitAsync(LongestReply, host.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                await host.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"sim800: no reply came within {LongestReply.TotalSeconds:0} s; --wait waits longer.")).ConfigureAwait(false);
            }
        }
    }

    private void PrintHeld()
    {
        while (_held.TryDequeue(out var line))
        {
            Print(line);
        }
    }

    private void Note(string line)
    {
        if (IsDue(line))
        {
            _reply!.TrySetResult();
        }
    }

    private bool IsDue(string line) =>
        _reply is not null && _due.Any(reply => line.StartsWith(reply, StringComparison.Ordinal) || line.EndsWith(reply, StringComparison.Ordinal));

    /// <summary>A terminal gets one line for one, so that no text can pass for the modem's word.</summary>
    private void Print(string line)
    {
        var text = host.HasTerminal ? line.ReplaceLineEndings(" ") : line.Replace("\r\n", "\n", StringComparison.Ordinal);
        host.Output.Write(host.Encoded(text));
        host.Output.Flush();
    }
}
