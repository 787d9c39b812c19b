using System.Reflection;
using Sim800.Simulator;
using TestKit;
using Xunit.Sdk;
using Xunit.v3;

namespace EndToEnd.Tests;

/// <summary>
/// Gives a test its first argument, the model of the virtual modem: the SIM800L and <see cref="And"/> at every run, all of them in the full run.
/// </summary>
/// <param name="row">The arguments behind it.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ModelsAttribute(params object?[] row) : DataAttribute
{
    /// <summary>The model that is tried at every run beside the SIM800L; none by default.</summary>
    public VirtualModemModel And { get; set; } = VirtualModemModel.Sim800L;

    /// <summary>Whose commands the row is written in, where one set has no counterpart in the other.</summary>
    public SocketCommands With { get; set; } = SocketCommands.Any;

    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        .. Enum.GetValues<VirtualModemModel>()
            .Where(model => model is VirtualModemModel.Sim800L || model == And || Extent.Of(sample: 0, full: 1) == 1)
            .Where(model => With is SocketCommands.Any || With == Wording.SocketCommandsOf(model))
            .Select(model => new TheoryDataRow([model, .. row])),
    ]);
}

/// <summary>How a modem opens connections.</summary>
internal enum SocketCommands
{
    Any,

    /// <summary>AT+CIICR and AT+CIPSTART.</summary>
    Cipstart,

    /// <summary>AT+NETOPEN and AT+CIPOPEN.</summary>
    Cipopen,
}
