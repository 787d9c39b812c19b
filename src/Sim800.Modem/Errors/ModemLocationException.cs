namespace Sim800.Modem;

/// <summary>The location server gave no location.</summary>
public sealed class ModemLocationException : ModemException
{
    internal ModemLocationException(int code)
        : this(ModemLocationReason.Refused, code, $"The modem got no cell location (code {code}).", $"+CIPGSMLOC: {code}")
    {
    }

    private ModemLocationException(ModemLocationReason reason, int code, string what, string answer)
        : base(Sim800Stage.Gprs, what, ModemRemedy.UseReceiver)
    {
        Reason = reason;
        Code = code;
        Command = "AT+CIPGSMLOC=1,1";
        Answer = answer;
        IsTransient = true;
    }

    /// <summary>Why.</summary>
    public ModemLocationReason Reason { get; }

    /// <summary>The code of <c>+CIPGSMLOC</c>.</summary>
    public int Code { get; }

    internal static ModemLocationException NoPosition(string answer) => new(
        ModemLocationReason.NoPosition, ModemCellLocation.Found, "The location server answered 0,0, which is no location.", answer);
}

/// <summary>Why there is no location.</summary>
public enum ModemLocationReason
{
    /// <summary>The server, or the modem, answered with a code other than success.</summary>
    Refused,

    /// <summary>The server answered with the place 0,0: it does not know the cells.</summary>
    NoPosition,
}
