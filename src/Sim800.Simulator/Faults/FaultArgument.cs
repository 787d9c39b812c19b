namespace Sim800.Simulator;

/// <summary>What stands after the <c>=</c> of a fault.</summary>
public enum FaultArgument
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>How many times: <c>3</c>.</summary>
    Count,

    /// <summary>For how long, or after how long: <c>250ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>.</summary>
    Duration,

    /// <summary>How likely for each byte: <c>0.001</c>.</summary>
    Probability,

    /// <summary>A command, and how many times: <c>AT+CIICR</c>, <c>AT+CPIN?</c>, <c>AT+CSTT=,2</c>. With <c>?</c> or <c>=</c> behind it that form alone.</summary>
    Command,

    /// <summary>How many bytes: <c>512</c>.</summary>
    Bytes,
}
