using Sim800.Mqtt;

namespace Sim800.Cli;

/// <summary>What the process ends with. <c>doctor</c> adds the rung that failed to <see cref="FirstRung"/>.</summary>
internal static class ExitCode
{
    internal const int Success = 0;

    /// <summary>The one sentence on standard error says why.</summary>
    internal const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    internal const int Usage = 2;

    /// <summary>The doctor's first rung, the serial line; the next rung is one more.</summary>
    internal const int FirstRung = 10;

    /// <summary>The time given with <c>-W</c> is over, as in mosquitto_sub.</summary>
    internal const int TimedOut = 27;

    /// <summary>Ctrl-C before the work was done, as a shell reports it.</summary>
    internal const int Interrupted = 130;

    /// <summary>What a failure ends the process with: a refusal by the broker with its return code, as in mosquitto_pub.</summary>
    internal static int Of(Exception failure) => failure switch
    {
        UsageException => Usage,
        MqttConnectRefusedException refused => (int)refused.ReturnCode,
        _ => Failure,
    };
}
