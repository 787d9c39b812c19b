namespace Sim800.Modem.BringUp;

/// <summary>Timing of the power key (SIM800L Hardware Design 4.2).</summary>
internal static class PowerKey
{
    /// <summary>At least one second low switches the module on; more than 33 s restarts it.</summary>
    internal static TimeSpan Duration { get; } = TimeSpan.FromSeconds(1.2);
}
