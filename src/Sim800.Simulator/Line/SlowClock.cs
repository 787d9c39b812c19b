using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Line;

/// <summary>
/// Sleep (AT+CSCLK). Mode 1: the port is dead while DTR is off. Mode 2: it sleeps when nothing has come for a while; the
/// first bytes wake it and are lost, and it is awake a tenth of a second later.
/// </summary>
internal sealed class SlowClock
{
    private static readonly TimeSpan FallsAsleepAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WakesIn = TimeSpan.FromMilliseconds(100);

    private TimeSpan _lastByte;
    private TimeSpan _awakeFrom;

    internal bool Swallows(ModemEngine modem, bool isDtrOn)
    {
        var idle = modem.Now - _lastByte;
        _lastByte = modem.Now;
        switch (modem.Profile.SlowClock)
        {
            case 1:
                return !isDtrOn;
            case 2 when idle > FallsAsleepAfter:
                _awakeFrom = modem.Now + WakesIn;
                return true;
            default:
                return modem.Now < _awakeFrom;
        }
    }
}
