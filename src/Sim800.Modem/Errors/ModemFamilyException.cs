namespace Sim800.Modem;

/// <summary>The modem is none that this library has a driver for, or cannot do what was asked for.</summary>
public sealed class ModemFamilyException : ModemException
{
    private ModemFamilyException(ModemFamilyReason reason, string what, ModemRemedy remedy)
        : base(Sim800Stage.Modem, what, remedy) =>
        Reason = reason;

    /// <summary>Why.</summary>
    public ModemFamilyReason Reason { get; }

    /// <summary>What the modem says it is; <c>null</c> when that is not the point.</summary>
    public string? Model { get; private init; }

    internal static ModemFamilyException UnknownModem(string model) => new(
        ModemFamilyReason.UnknownModem,
        $"The modem calls itself '{model}', which is no model of a known family.",
        ModemRemedy.ForceFamily)
    {
        Model = model,
        Answer = model,
    };

    internal static ModemFamilyException UnsupportedModem(string model, string missing) =>
        new(ModemFamilyReason.UnsupportedModem, $"The modem is a '{model}': {missing}.", ModemRemedy.UseOtherModem) { Model = model, Answer = model };

    internal static ModemFamilyException UnsupportedOption(string option, string family) =>
        new(ModemFamilyReason.UnsupportedOption, $"{option} means nothing to {family}.", ModemRemedy.RemoveOption);

    internal static ModemFamilyException UnsupportedFunction(string function, string family) =>
        new(ModemFamilyReason.UnsupportedFunction, $"{function} is nothing that {family} can do.", ModemRemedy.DoWithout);
}

/// <summary>Why the family of the modem stands in the way.</summary>
public enum ModemFamilyReason
{
    /// <summary>The modem answers commands, and its model is not known.</summary>
    UnknownModem,

    /// <summary>The model is known, and there is no driver for it.</summary>
    UnsupportedModem,

    /// <summary>A setting would be ignored by this family.</summary>
    UnsupportedOption,

    /// <summary>The family lacks the function that was called.</summary>
    UnsupportedFunction,
}
