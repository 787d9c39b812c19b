using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Sim800.Modem.Pooling;

#pragma warning disable CA1822 // The compiler calls the methods of a builder on an instance, whether they need it or not.

/// <summary>
/// Builds the <see cref="ValueTask{TResult}"/> of an async method from state machines that are used again. The one of the runtime,
/// <see cref="PoolingAsyncValueTaskMethodBuilder{TResult}"/>, keeps one spare state machine for each thread and processor: a method that
/// begins on one thread and ends on another finds the place where it begins empty and the place where it ends full, and allocates each
/// time. Here all threads share the spare ones.
/// </summary>
/// <remarks>As with the runtime's: the task is awaited once, and by one caller.</remarks>
internal struct PooledValueTaskMethodBuilder<TResult>
{
    private PooledStateMachine<TResult>? _machine;
    private TResult _result;

    public static PooledValueTaskMethodBuilder<TResult> Create() => default;

    /// <summary>What the caller gets: the result of a method that never had to wait, or its state machine.</summary>
    public readonly ValueTask<TResult> Task => _machine is null ? new ValueTask<TResult>(_result) : new ValueTask<TResult>(_machine, _machine.Version);

    internal readonly ValueTask TaskWithoutResult => _machine is null ? ValueTask.CompletedTask : new ValueTask(_machine, _machine.Version);

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => default(AsyncValueTaskMethodBuilder).Start(ref stateMachine);

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) =>
        throw new NotSupportedException("Only a runtime before .NET Core moved state machines to the heap by itself.");

    public void SetResult(TResult result)
    {
        if (_machine is null)
        {
            _result = result;
        }
        else
        {
            _machine.SetResult(result);
        }
    }

    public void SetException(Exception exception) => (_machine ??= new PooledStateMachine<TResult>()).SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(PooledStateMachine<TStateMachine, TResult>.Suspend(ref stateMachine, ref _machine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(PooledStateMachine<TStateMachine, TResult>.Suspend(ref stateMachine, ref _machine));
}

/// <summary>The same for a <see cref="ValueTask"/>, which has a result that nobody is given.</summary>
internal struct PooledValueTaskMethodBuilder
{
    private PooledValueTaskMethodBuilder<bool> _withResult;

    public static PooledValueTaskMethodBuilder Create() => default;

    /// <inheritdoc cref="PooledValueTaskMethodBuilder{TResult}.Task"/>
    public readonly ValueTask Task => _withResult.TaskWithoutResult;

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => _withResult.Start(ref stateMachine);

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => _withResult.SetStateMachine(stateMachine);

    public void SetResult() => _withResult.SetResult(true);

    public void SetException(Exception exception) => _withResult.SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _withResult.AwaitOnCompleted(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _withResult.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
}

/// <summary>The outcome of an async method, for the one who awaits it. By itself it is that of a method that failed before it had to wait.</summary>
internal class PooledStateMachine<TResult> : IValueTaskSource<TResult>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<TResult> _outcome;

    internal short Version => _outcome.Version;

    internal void SetResult(TResult result) => _outcome.SetResult(result);

    internal void SetException(Exception exception) => _outcome.SetException(exception);

    public ValueTaskSourceStatus GetStatus(short token) => _outcome.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _outcome.OnCompleted(continuation, state, token, flags);

    /// <summary>A wrong token, as of a task that is awaited a second time, gives nothing back.</summary>
    public TResult GetResult(short token)
    {
        var isDue = _outcome.GetStatus(token) != ValueTaskSourceStatus.Pending;
        try
        {
            return _outcome.GetResult(token);
        }
        finally
        {
            if (isDue)
            {
                _outcome.Reset();
                GiveBack();
            }
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    protected virtual void GiveBack()
    {
    }
}

/// <summary>The state machine of a method that has to wait, on the heap.</summary>
internal sealed class PooledStateMachine<TStateMachine, TResult> : PooledStateMachine<TResult>
    where TStateMachine : IAsyncStateMachine
{
    /// <summary>More are in use at a time by a gateway of many clients; what is spare beyond this is left to the collector.</summary>
    private const int MaxSpare = 256;

    private static readonly ContextCallback Run = static state => ((PooledStateMachine<TStateMachine, TResult>)state!)._stateMachine!.MoveNext();
    private static readonly Gate Spare = new();
    private static PooledStateMachine<TStateMachine, TResult>? _spare;
    private static int _spareCount;

    private readonly Action _moveNext;
    private TStateMachine? _stateMachine;
    private ExecutionContext? _context;
    private PooledStateMachine<TStateMachine, TResult>? _next;

    private PooledStateMachine() => _moveNext = MoveNext;

    /// <summary>Moves the state machine to the heap when it waits for the first time, and keeps the context it goes on in.</summary>
    /// <param name="stateMachine">The state machine, on the stack or in its place on the heap.</param>
    /// <param name="machine">The builder's own, which is part of the state machine: it is set before that is moved.</param>
    /// <returns>What goes on with it.</returns>
    internal static Action Suspend(ref TStateMachine stateMachine, ref PooledStateMachine<TResult>? machine)
    {
        if (machine is not PooledStateMachine<TStateMachine, TResult> moved)
        {
            moved = Take();
            machine = moved;
            moved._stateMachine = stateMachine;
        }

        moved._context = ExecutionContext.Capture();
        return moved._moveNext;
    }

    protected override void GiveBack()
    {
        _stateMachine = default;
        _context = null;
        lock (Spare)
        {
            if (_spareCount < MaxSpare)
            {
                _spareCount++;
                _next = _spare;
                _spare = this;
            }
        }
    }

    private static PooledStateMachine<TStateMachine, TResult> Take()
    {
        lock (Spare)
        {
            if (_spare is { } spare)
            {
                _spareCount--;
                _spare = spare._next;
                spare._next = null;
                return spare;
            }
        }

        return new PooledStateMachine<TStateMachine, TResult>();
    }

    private void MoveNext()
    {
        if (_context is { } context)
        {
            ExecutionContext.Run(context, Run, this);
        }
        else
        {
            _stateMachine!.MoveNext();
        }
    }
}
