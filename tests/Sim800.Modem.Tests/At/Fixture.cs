using Sim800.Modem.At;

namespace Sim800.Modem.Tests.At;

/// <summary>One behaviour of a real module, byte for byte.</summary>
/// <param name="Name">A sentence about it.</param>
/// <param name="Command">The command in flight; <c>null</c> for none.</param>
/// <param name="Wire">What the modem sends, Latin-1.</param>
/// <param name="Answer">The answer, or <c>null</c> when the command must still be waiting.</param>
/// <param name="Heard">Everything else, in order.</param>
internal sealed record Fixture(string Name, AtCommand? Command, string Wire, string? Answer, params string[] Heard)
{
    /// <summary>The number behind the command's text.</summary>
    public int Argument { get; init; } = -1;

    /// <summary>What is sent at the prompt.</summary>
    public string Payload { get; init; } = "";

    public override string ToString() => Name;
}
