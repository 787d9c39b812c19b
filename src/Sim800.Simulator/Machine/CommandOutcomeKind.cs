namespace Sim800.Simulator.Machine;

/// <inheritdoc cref="CommandOutcome"/>
internal enum CommandOutcomeKind
{
    Ok,
    Said,
    Connect,
    NoCarrier,
    Error,
    CmeError,
    CmsError,
    Pending,
}
