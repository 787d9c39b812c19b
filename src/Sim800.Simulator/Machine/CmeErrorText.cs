namespace Sim800.Simulator.Machine;

/// <summary>The words AT+CMEE=2 puts in place of the numbers (SIM800 manual 18.1).</summary>
internal static class CmeErrorText
{
    internal static string Of(int code) => code switch
    {
        3 => "operation not allowed",
        4 => "operation not supported",
        10 => "SIM not inserted",
        11 => "SIM PIN required",
        12 => "SIM PUK required",
        13 => "SIM failure",
        14 => "SIM busy",
        15 => "SIM wrong",
        16 => "incorrect password",
        30 => "no network service",
        31 => "network timeout",
        32 => "network not allowed - emergency calls only",
        50 => "Incorrect parameters",
        103 => "illegal MS",
        106 => "illegal ME",
        107 => "GPRS services not allowed",
        111 => "PLMN not allowed",
        112 => "location area not allowed",
        113 => "roaming not allowed in this location area",
        132 => "service option not supported",
        133 => "requested service option not subscribed",
        134 => "service option temporarily out of order",
        148 => "unspecified GPRS error",
        149 => "PDP authentication failure",
        160 => "DNS resolve failed",
        161 => "Socket open failed",
        180 => "gprs is not attached",
        181 => "tcpip stack is busy",
        797 => "CFUN state is 0 or 4",
        _ => "unknown",
    };
}
