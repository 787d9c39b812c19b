namespace Sim800.Modem;

/// <summary>
/// Controls the module's power key (PWRKEY) and reset pin, for instance by two GPIO outputs. The last rung of the recovery ladder uses it
/// when the modem no longer reacts to the serial line.
/// </summary>
public interface IModemPowerControl
{
    /// <summary>Pulls PWRKEY low for <paramref name="duration"/> and releases it. At least one second switches the module on or off, more than
    /// 33 s restart it.</summary>
    /// <param name="duration">How long the key is held, up to 34 s.</param>
    /// <param name="cancellationToken">Ends the attempt; the key must be released all the same.</param>
    ValueTask PressPowerKeyAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Pulls RESET low for at least 105 ms and releases it, or switches the supply off and on.</summary>
    /// <param name="cancellationToken">Ends the attempt; the pin must be released all the same.</param>
    /// <returns><c>false</c> when neither is wired: the power key is used instead.</returns>
    ValueTask<bool> ResetAsync(CancellationToken cancellationToken);
}
