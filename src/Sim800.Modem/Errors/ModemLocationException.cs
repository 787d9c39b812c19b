namespace Sim800.Modem;

/// <summary>The location server gave no location.</summary>
public sealed class ModemLocationException : ModemException
{
    internal ModemLocationException(int code)
        : base(
            Sim800Stage.Gprs,
            $"The modem got no cell location (code {code}).",
            ModemRemedy.UseReceiver)
    {
        Code = code;
        Command = "AT+CIPGSMLOC=1,1";
        Answer = $"+CIPGSMLOC: {code}";
        IsTransient = true;
    }

    /// <summary>The code of <c>+CIPGSMLOC</c>.</summary>
    public int Code { get; }
}
