using System.Threading.Tasks.Sources;
using Sim800.Modem.Pooling;

namespace Sim800.Modem.At;

/// <summary>
/// The awaitable state of the command in flight: its prompt and its answer. One per channel, reused for every command, so that a command
/// allocates nothing. The first outcome wins.
/// </summary>
internal sealed class AtExchange : IValueTaskSource<AtResponse>, IValueTaskSource<bool>
{
    private readonly Gate _gate = new();
    private readonly QueuedContinuation _afterAnswer = new();
    private readonly QueuedContinuation _afterPrompt = new();
    private ManualResetValueTaskSourceCore<AtResponse> _answer;
    private ManualResetValueTaskSourceCore<bool> _prompt;
    private bool _active;
    private bool _awaitsPrompt;

    /// <summary>Decides which received lines belong to the command. Used by the read loop, and by <see cref="Begin"/>.</summary>
    internal AtTransaction Transaction { get; } = new();

    /// <summary>Whether a command is in flight.</summary>
    internal bool IsActive
    {
        get
        {
            lock (_gate)
            {
                return _active;
            }
        }
    }

    /// <summary>Completes with the answer.</summary>
    internal ValueTask<AtResponse> Answer => new(this, _answer.Version);

    /// <summary>Completes with <c>true</c> at the prompt, with <c>false</c> when the answer comes without one.</summary>
    internal ValueTask<bool> Prompt => new(this, _prompt.Version);

    internal void Begin(AtCommand command, int argument, bool hasPayload)
    {
        lock (_gate)
        {
            Transaction.Begin(command, argument);
            _answer.Reset();
            _prompt.Reset();
            _active = true;
            _awaitsPrompt = hasPayload;
        }
    }

    /// <summary>Offers a line to the command in flight. After its final result <see cref="Conclude"/> must be called before the next line.</summary>
    internal AtVerdict Offer(ReadOnlySpan<byte> line, UrcKind kind)
    {
        lock (_gate)
        {
            return _active ? Transaction.Offer(line, kind) : AtVerdict.NotMine;
        }
    }

    /// <summary>Completes the waiters with the answer, after its effects have taken place.</summary>
    internal void Conclude()
    {
        lock (_gate)
        {
            if (_active)
            {
                _active = false;
                ReleasePrompt(prompted: false);
                _answer.SetResult(Transaction.Response);
            }
        }
    }

    internal void OnPrompt()
    {
        lock (_gate)
        {
            ReleasePrompt(prompted: true);
        }
    }

    internal void Fail(Exception reason)
    {
        lock (_gate)
        {
            if (_active)
            {
                _active = false;
                ReleasePrompt(prompted: false);
                _answer.SetException(reason);
            }
        }
    }

    AtResponse IValueTaskSource<AtResponse>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<AtResponse>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<AtResponse>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _afterAnswer.Register(ref _answer, continuation, state, token, flags);

    bool IValueTaskSource<bool>.GetResult(short token) => _prompt.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _prompt.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _afterPrompt.Register(ref _prompt, continuation, state, token, flags);

    private void ReleasePrompt(bool prompted)
    {
        if (_awaitsPrompt)
        {
            _awaitsPrompt = false;
            _prompt.SetResult(prompted);
        }
    }
}
