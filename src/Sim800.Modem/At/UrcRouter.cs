using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Sim800.Modem.At;

/// <summary>
/// Hands unsolicited result codes to their subscribers, in the order of subscription. Handlers run in the read loop: they take note
/// and return, and never wait.
/// </summary>
internal sealed class UrcRouter
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    private ImmutableArray<Action<Urc>> _handlers = [];
    private UrcRow _row = UrcRow.Unknown;
    private string? _firstLine;

    /// <summary>Whether the next line is the body of a message whose header was the last one.</summary>
    internal bool WantsSecondLine => _firstLine is not null;

    internal IDisposable Subscribe(Action<Urc> handler)
    {
        ImmutableInterlocked.Update(ref _handlers, (handlers, added) => handlers.Add(added), handler);
        return new Subscription(this, handler);
    }

    internal void Route(UrcRow row, in Urc urc, ReadOnlySpan<byte> line)
    {
        if (row.Body != UrcBody.None)
        {
            (_row, _firstLine) = (row, Encoding.Latin1.GetString(line));
        }
        else
        {
            Deliver(row.IsNumeric ? urc : urc with { Text = Encoding.Latin1.GetString(line) });
        }
    }

    /// <returns><c>false</c> when the line cannot be the second one of the message: that one was lost.</returns>
    internal bool TryRouteSecondLine(ReadOnlySpan<byte> line)
    {
        var first = _firstLine!;
        _firstLine = null;
        if (_row.Body == UrcBody.Hex && line.ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        Deliver(new Urc(_row.Kind, -1, first + "\r\n" + Encoding.Latin1.GetString(line)));
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
