namespace Sim800.Simulator.Machine;

/// <inheritdoc cref="CommandOutcome"/>
internal enum CommandOutcomeKind
{
    Ok,
    Said,
    Connect,
    NoCarrier,
    NoDialTone,
    Busy,
    NoAnswer,
    Error,
    CmeError,
    CmsError,
    Pending,
    Silent,
}
