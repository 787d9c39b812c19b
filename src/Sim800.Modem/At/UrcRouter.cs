using System.Collections.Immutable;
using System.Text;
using Sim800.Modem.Sms;

namespace Sim800.Modem.At;

/// <summary>
/// Hands unsolicited lines to whoever wants them, in the order of their subscription. Handlers run in the read loop: they
/// take note and return, they never wait.
/// </summary>
internal sealed class UrcRouter
{
    /// <summary>What stands before a PDU; in text mode other fields do (27.005 §3.4.1).</summary>
    private static readonly AtPattern[] PduHeaders = ["+CMT:#", "+CMT:,#", "+CMT:\"\",#", "+CDS:#", "+CBM:#"];

    private ImmutableArray<Action<Urc>> _handlers = [];
    private string? _firstLine;
    private bool _announcesPdu;

    /// <summary>Whether the next line is the body of a message whose header was the last one.</summary>
    internal bool WantsSecondLine => _firstLine is not null;

    internal IDisposable Subscribe(Action<Urc> handler)
    {
        ImmutableInterlocked.Update(ref _handlers, (handlers, added) => handlers.Add(added), handler);
        return new Subscription(this, handler);
    }

    internal void Route(in Urc urc, ReadOnlySpan<byte> line)
    {
        switch (urc.Kind)
        {
            case UrcKind.Message:
                _firstLine = Encoding.Latin1.GetString(line);
                _announcesPdu = Array.Exists(PduHeaders, header => header.Matches(Encoding.Latin1.GetBytes(_firstLine)));
                break;
            case UrcKind.DataPending or UrcKind.DataPushed or UrcKind.DataAccepted:
                Deliver(urc);
                break;
            default:
                Deliver(urc with { Text = Encoding.Latin1.GetString(line) });
                break;
        }
    }

    /// <returns><c>false</c> when the line cannot be what the first one announced, whose second one was lost then.</returns>
    internal bool TryRouteSecondLine(ReadOnlySpan<byte> line)
    {
        var first = _firstLine!;
        _firstLine = null;
        if (_announcesPdu && !SmsDeliver.IsHex(Encoding.Latin1.GetString(line)))
        {
            return false;
        }

        Deliver(new Urc(UrcKind.Message, -1, -1, first + "\r\n" + Encoding.Latin1.GetString(line)));
        return true;
    }

    /// <summary>After a time-out the second line of a message may be lost.</summary>
    internal void Reset() => _firstLine = null;

    private void Deliver(in Urc urc)
    {
        foreach (var handler in _handlers)
        {
            handler(urc);
        }
    }

    private sealed class Subscription(UrcRouter router, Action<Urc> handler) : IDisposable
    {
        public void Dispose() =>
            ImmutableInterlocked.Update(ref router._handlers, (handlers, removed) => handlers.Remove(removed), handler);
    }
}
