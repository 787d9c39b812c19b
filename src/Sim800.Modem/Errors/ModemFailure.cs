using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>What is known about a failed command: all that an explanation can be made of.</summary>
internal readonly record struct ModemFailure(Sim800Stage Stage, AtCommand Command, AtResponse Response, string? State = null)
{
    internal string Answer => Response.Final.Length == 0 ? "nothing" : Response.Final;
}
