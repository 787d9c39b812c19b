namespace Sim800.Modem.BringUp;

/// <summary>Timing of the power key (SIM800L Hardware Design 4.2).</summary>
internal static class PowerKey
{
    /// <summary>At least one second low switches the module on, and off.</summary>
    internal static TimeSpan Switch { get; } = TimeSpan.FromSeconds(1.2);

    /// <summary>More than 33 s low restart it, whatever its firmware is doing.</summary>
    internal static TimeSpan Restart { get; } = TimeSpan.FromSeconds(34);
}
