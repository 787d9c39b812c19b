using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>One link number: free, connecting, open, or given up while the modem may still speak of it.</summary>
internal sealed class LinkSlot(int link)
{
    private readonly Gate _gate = new();
    private LinkSlotState _state;
    private TaskCompletionSource<UrcKind>? _outcome;

    internal int Link => link;

    internal Sim800TcpConnection? Connection { get; private set; }

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

    internal bool TryTake()
    {
        lock (_gate)
        {
            if (_state != LinkSlotState.Free)
            {
                return false;
            }

            _state = LinkSlotState.Connecting;
            _outcome = new TaskCompletionSource<UrcKind>(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>The unsolicited line that ends the attempt: connected, failed, closed, deactivated or restarted.</summary>
    internal Task<UrcKind> Outcome => _outcome!.Task;

    /// <summary>From here on the link's lines are for this connection.</summary>
    internal void Open(Sim800TcpConnection connection)
    {
        lock (_gate)
        {
            (_state, Connection) = (LinkSlotState.Open, connection);
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
    internal void Abandon()
    {
        lock (_gate)
        {
            (_state, Connection) = (LinkSlotState.Abandoned, null);
        }
    }

    internal void OnShut()
    {
        lock (_gate)
        {
            if (_state == LinkSlotState.Abandoned)
            {
                _state = LinkSlotState.Free;
            }
        }
    }

    internal void OnFailed(TcpLinkException reason)
    {
        Sim800TcpConnection? open;
        lock (_gate)
        {
            open = Connection;
            _outcome?.TrySetResult(UrcKind.PdpDeactivated);
        }

        open?.OnFailed(reason);
    }

    internal void OnUrc(in Urc urc)
    {
        Sim800TcpConnection? open;
        lock (_gate)
        {
            open = Connection;
            if (_state == LinkSlotState.Connecting && urc.Kind is not (UrcKind.DataPending or UrcKind.SendFailed))
            {
                _outcome!.TrySetResult(urc.Kind);
            }
            else if (_state == LinkSlotState.Abandoned && urc.Kind is UrcKind.ConnectFailed or UrcKind.Closed or UrcKind.CloseOk)
            {
                _state = LinkSlotState.Free;
            }
        }

        open?.OnUrc(urc);
    }
}
