using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>One link number: free, connecting, open, or abandoned while the modem may still report on it.</summary>
internal sealed class LinkSlot(int link)
{
    private readonly Gate _gate = new();
    private LinkSlotState _state;
    private TaskCompletionSource<UrcKind>? _outcome;
    private Func<LinkSlot, TcpLink>? _create;
    private Task _leaving = Task.CompletedTask;

    internal int Link => link;

    internal TcpLink? Connection { get; private set; }

    internal bool IsFree
    {
        get
        {
            lock (_gate)
            {
                return _state == LinkSlotState.Free;
            }
        }
    }

    /// <summary>The modem has opened the link after it was given up here: it must be closed.</summary>
    internal bool IsOrphaned
    {
        get
        {
            lock (_gate)
            {
                return _state == LinkSlotState.Orphaned;
            }
        }
    }

    /// <param name="create">Makes the link the moment the modem says that it is open, so that no byte of it is missed.</param>
    internal bool TryTake(Func<LinkSlot, TcpLink> create)
    {
        lock (_gate)
        {
            if (_state != LinkSlotState.Free)
            {
                return false;
            }

            (_state, _create, Said) = (LinkSlotState.Connecting, create, null);
            _outcome = new TaskCompletionSource<UrcKind>(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>The unsolicited line that ends the attempt: connected, failed, closed, deactivated or restarted; unknown for the end of the serial line.</summary>
    internal Task<UrcKind> Outcome => _outcome!.Task;

    /// <summary>The line that told the outcome; <c>null</c> when it had no words of its own.</summary>
    internal string? Said { get; private set; }

    /// <summary>From here on the link's lines are for this connection.</summary>
    internal void Open(TcpLink connection)
    {
        lock (_gate)
        {
            (_state, Connection) = (LinkSlotState.Open, connection);
        }
    }

    /// <summary>Ends when a close that has begun is done: until then the line may be nothing but this link's data.</summary>
    internal Task Leaving => Volatile.Read(ref _leaving);

    /// <summary>Closes the link and frees the number, however that ends.</summary>
    internal async ValueTask LeaveAsync(Func<Task> close)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _leaving, left.Task);
        try
        {
            await close().ConfigureAwait(false);
        }
        finally
        {
            Free();
            left.SetResult();
        }
    }

    internal void Free()
    {
        lock (_gate)
        {
            (_state, Connection) = (LinkSlotState.Free, null);
        }
    }

    /// <summary>The outcome is no longer awaited but may still come: until then nobody else may have the number.</summary>
    /// <returns>The link, when it has been opened after all: it is left to the caller.</returns>
    internal TcpLink? Abandon()
    {
        lock (_gate)
        {
            if (Connection is null)
            {
                _state = LinkSlotState.Abandoned;
            }

            return Connection;
        }
    }

    /// <summary>The modem did not answer the request to close: the link may still be open there.</summary>
    internal void Orphan()
    {
        lock (_gate)
        {
            (_state, Connection) = (LinkSlotState.Orphaned, null);
        }
    }

    internal void OnShut()
    {
        lock (_gate)
        {
            if (_state is LinkSlotState.Abandoned or LinkSlotState.Orphaned)
            {
                _state = LinkSlotState.Free;
            }
        }
    }

    internal void OnFailed(TcpLinkException reason)
    {
        TcpLink? open;
        lock (_gate)
        {
            open = Connection;
            _outcome?.TrySetResult(reason.Reason switch
            {
                TcpLinkReason.ContextDeactivated => UrcKind.PdpDeactivated,
                TcpLinkReason.LineClosed => UrcKind.Unknown,
                _ => UrcKind.Started,
            });
        }

        open?.End.TryEnd(reason);
    }

    internal void OnUrc(in Urc urc)
    {
        TcpLink? open;
        lock (_gate)
        {
            open = Connection;
            if (_state == LinkSlotState.Connecting)
            {
                OnOutcome(urc.Kind, urc.Text);
            }
            else if (_state != LinkSlotState.Open)
            {
                OnLateOutcome(urc.Kind);
            }
        }

        open?.OnUrc(urc);
    }

    private void OnOutcome(UrcKind kind, string? said)
    {
        if (kind is UrcKind.DataPending or UrcKind.SendFailed or UrcKind.DataAccepted)
        {
            return;
        }

        if (kind == UrcKind.Connected)
        {
            Open(_create!(this));
        }

        Said = said;
        _outcome!.TrySetResult(kind);
    }

    private void OnLateOutcome(UrcKind kind) => _state = kind switch
    {
        UrcKind.ConnectFailed or UrcKind.HostUnknown or UrcKind.Closed or UrcKind.CloseOk => LinkSlotState.Free,
        UrcKind.Connected or UrcKind.AlreadyConnected => LinkSlotState.Orphaned,
        _ => _state,
    };
}

internal enum LinkSlotState
{
    /// <summary>Neither the driver nor the modem uses the number.</summary>
    Free,

    /// <summary>The modem was told to connect and the outcome is awaited.</summary>
    Connecting,

    /// <summary>A connection has the number.</summary>
    Open,

    /// <summary>The driver gave up, the modem may still be trying.</summary>
    Abandoned,

    /// <summary>The modem has the link open and the driver does not use it.</summary>
    Orphaned,
}
