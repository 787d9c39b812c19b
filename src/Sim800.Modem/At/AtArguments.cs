using System.Buffers.Text;
using System.Text;

namespace Sim800.Modem.At;

/// <summary>Reads the comma-separated fields behind the colon of a line such as <c>+NAME: 2,1,"1A2B","00C3"</c>.</summary>
internal ref struct AtArguments
{
    private ReadOnlySpan<byte> _rest;
    private bool _ended;

    /// <param name="line">A whole line; without a colon its fields start at its first character.</param>
    internal AtArguments(ReadOnlySpan<byte> line)
    {
        _rest = line[(line.IndexOf((byte)':') + 1)..];
        _ended = _rest.IsEmpty;
    }

    /// <summary>Whether every field has been taken.</summary>
    internal readonly bool IsAtEnd => _ended;

    /// <summary>Takes the next field, without its quotes; a comma within quotes does not end it.</summary>
    internal bool TryRead(out ReadOnlySpan<byte> field)
    {
        field = default;
        if (_ended)
        {
            return false;
        }

        _rest = _rest.TrimStart((byte)' ');
        var quoted = !_rest.IsEmpty && _rest[0] == '"';
        var close = quoted ? _rest[1..].IndexOf((byte)'"') : -1;
        var searchFrom = close < 0 ? 0 : close + 2;
        var comma = _rest[searchFrom..].IndexOf((byte)',');
        var end = comma < 0 ? _rest.Length : searchFrom + comma;
        field = close < 0 ? _rest[..end].TrimEnd((byte)' ') : _rest.Slice(1, close);
        _ended = comma < 0;
        _rest = comma < 0 ? default : _rest[(end + 1)..];
        return true;
    }

    /// <summary>Takes the next field as a decimal number, quoted or not.</summary>
    internal bool TryReadInt(out int value)
    {
        value = 0;
        return TryRead(out var field) && Utf8Parser.TryParse(field, out value, out var used) && used == field.Length;
    }

    /// <summary>Takes the next field as text.</summary>
    internal bool TryReadText(out string text)
    {
        var found = TryRead(out var field);
        text = Encoding.Latin1.GetString(field);
        return found;
    }
}
