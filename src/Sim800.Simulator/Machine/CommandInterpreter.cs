namespace Sim800.Simulator.Machine;

/// <summary>
/// Takes the host's bytes, one command line at a time: while a line is being carried out, what follows waits in the
/// modem's buffer (SIM800 manual 1.4.5).
/// </summary>
internal sealed class CommandInterpreter
{
    /// <summary>The modem looks at what has arrived at least this often, in bytes.</summary>
    internal const int LongestPiece = 1460;

    private readonly ModemEngine _modem;
    private readonly ByteQueue _received = new();
    private readonly CommandMode _commandMode;
    private List<Command>? _running;
    private int _next;
    private bool _isListening;

    internal CommandInterpreter(ModemEngine modem)
    {
        _modem = modem;
        _commandMode = new CommandMode(modem, BeginLine);
        Mode = _commandMode;
    }

    internal IInputMode Mode { get; private set; }

    /// <summary>Bytes received and not yet looked at.</summary>
    internal int Backlog => _received.Count;

    /// <summary>A command line is being carried out.</summary>
    internal bool IsRunning => _running is not null;

    /// <summary>Bytes are taken as they come: between command lines, and wherever a command asks for a payload.</summary>
    internal bool TakesInput => Mode.IsReady && (_running is null || !ReferenceEquals(Mode, _commandMode));

    internal int PieceOf(ReadOnlySpan<byte> wire) => Math.Clamp(Mode.PieceOf(wire), 1, Math.Min(wire.Length, LongestPiece));

    internal void Receive(ReadOnlySpan<byte> bytes)
    {
        _received.Enqueue(bytes);
        Listen();
    }

    internal void Enter(IInputMode mode)
    {
        // The LF of a CR LF has come by now; it ends the command line and is no payload.
        if (_running is not null && _received.Count > 0 && _received.Span[0] == (byte)'\n')
        {
            _received.Skip(1);
        }

        Mode = mode;
        Listen();
    }

    internal void EnterCommandMode()
    {
        Mode = _commandMode;
        Listen();
    }

    /// <summary>Ends a command that answered <see cref="CommandOutcome.Pending"/>.</summary>
    internal void Complete(CommandOutcome outcome)
    {
        if (_running is null)
        {
            return;
        }

        Mode = Mode is PayloadMode ? _commandMode : Mode;
        Continue(outcome);
    }

    internal void Reset()
    {
        _running = null;
        _received.Clear();
        _commandMode.Reset();
        Mode = _commandMode;
    }

    /// <summary>Looks again at what was received: something that held it up is over.</summary>
    internal void Listen()
    {
        if (_isListening)
        {
            return;
        }

        _isListening = true;
        while (_received.Count > 0 && TakesInput)
        {
            var taken = Mode.Accept(_received.Span);
            _received.Skip(Math.Min(taken, _received.Count));
        }

        _isListening = false;
    }

    private void BeginLine(string line)
    {
        var start = line.IndexOf("AT", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return;
        }

        var body = line[(start + 2)..];
        _modem.Counters.CommandLines++;
        _modem.CommandSeen?.Invoke(body);
        var readable = CommandLineReader.TryRead(body, _modem.Model, out var commands);
        _running = readable ? commands : [];
        _next = 0;
        _modem.After(_modem.CommandDelay, readable ? () => Continue(CommandOutcome.Ok) : () => Finish(CommandOutcome.Error));
    }

    private void Continue(CommandOutcome outcome)
    {
        while (_running is { } running && outcome.Kind is CommandOutcomeKind.Ok or CommandOutcomeKind.Said)
        {
            if (_next == running.Count)
            {
                Finish(running.Count == 0 ? _modem.Faults.InterceptEmptyLine() ?? outcome : outcome);
                return;
            }

            outcome = Run(running[_next++]);
        }

        if (outcome.Kind is not CommandOutcomeKind.Pending)
        {
            Finish(outcome);
        }
    }

    private CommandOutcome Run(Command command)
    {
        _modem.Counters.Count(command);
        if (_modem.Faults.Intercept(command) is { } instead)
        {
            return instead;
        }

        if (_modem.Model.Commands.Find(command.Name) is not { } row || row.Of(command.Form) is not { } handler)
        {
            return CommandOutcome.Error;
        }

        return row.NeedsSim && _modem.Sim.Obstacle is { } obstacle ? obstacle : handler(_modem, command.Arguments);
    }

    private void Finish(CommandOutcome outcome)
    {
        if (_running is null)
        {
            return;
        }

        _running = null;
        _modem.Reply.Final(outcome);
        _modem.AfterLine();
        Listen();
    }
}
