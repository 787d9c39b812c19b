using System.Runtime.InteropServices;

namespace Sim800.Simulator.Machine;

/// <summary>How a command ended, and so what the modem says at the end of the line.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CommandOutcome(CommandOutcomeKind Kind, int Code = 0)
{
    /// <summary>The line goes on; <c>OK</c> when it was the last command.</summary>
    internal static readonly CommandOutcome Ok = new(CommandOutcomeKind.Ok);

    /// <summary>The command has said its own final result: <c>SHUT OK</c>, an address, <c>SEND OK</c>.</summary>
    internal static readonly CommandOutcome Said = new(CommandOutcomeKind.Said);

    /// <summary><c>ERROR</c>, whatever AT+CMEE says.</summary>
    internal static readonly CommandOutcome Error = new(CommandOutcomeKind.Error);

    /// <summary>The line ends here, and nothing is said about it.</summary>
    internal static readonly CommandOutcome Silent = new(CommandOutcomeKind.Silent);

    /// <summary>The command ends later.</summary>
    internal static readonly CommandOutcome Pending = new(CommandOutcomeKind.Pending);

    /// <summary><c>+CME ERROR: 3</c>, the modem's catch-all.</summary>
    internal static readonly CommandOutcome NotAllowed = Cme(3);

    /// <summary>A bare result code in numbers and words: <c>CONNECT</c>, <c>NO CARRIER</c>.</summary>
    internal static readonly CommandOutcome Connect = new(CommandOutcomeKind.Connect);

    /// <inheritdoc cref="Connect"/>
    internal static readonly CommandOutcome NoCarrier = new(CommandOutcomeKind.NoCarrier);

    /// <inheritdoc cref="Connect"/>
    internal static readonly CommandOutcome NoDialTone = new(CommandOutcomeKind.NoDialTone);

    /// <inheritdoc cref="Connect"/>
    internal static readonly CommandOutcome Busy = new(CommandOutcomeKind.Busy);

    /// <inheritdoc cref="Connect"/>
    internal static readonly CommandOutcome NoAnswer = new(CommandOutcomeKind.NoAnswer);

    internal static CommandOutcome Cme(int code) => new(CommandOutcomeKind.CmeError, code);

    internal static CommandOutcome Cms(int code) => new(CommandOutcomeKind.CmsError, code);
}
