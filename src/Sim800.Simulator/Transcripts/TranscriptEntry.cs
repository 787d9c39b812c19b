namespace Sim800.Simulator;

/// <summary>One line of a <see cref="Transcript"/>.</summary>
/// <param name="At">When its first byte passed, since the start.</param>
/// <param name="IsHost">The host said it; otherwise the modem.</param>
/// <param name="Bytes">What was said.</param>
public sealed record TranscriptEntry(TimeSpan At, bool IsHost, ReadOnlyMemory<byte> Bytes);
