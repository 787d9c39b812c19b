namespace Sim800.Modem;

/// <summary>One sentence about what happened, one about what to do, and whether trying again may help.</summary>
internal sealed record Explanation(string What, ModemRemedy Remedy, bool IsTransient = true);
