namespace Sim800.Modem.At;

/// <summary>The smallest thing a modem says. <see cref="Bytes"/> borrows the parser's memory until its next call.</summary>
internal readonly ref struct AtToken(AtTokenKind kind, ReadOnlySpan<byte> bytes)
{
    internal AtTokenKind Kind { get; } = kind;

    internal ReadOnlySpan<byte> Bytes { get; } = bytes;
}
