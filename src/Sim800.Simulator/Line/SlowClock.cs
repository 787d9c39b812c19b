using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Line;

/// <summary>
/// Sleep (AT+CSCLK). Mode 1: the port is dead while DTR is off, from some time on. Mode 2: it sleeps when nothing has come for a while; the
/// first bytes wake it and are lost, and it is awake a moment later.
/// </summary>
internal sealed class SlowClock
{
    private TimeSpan _lastByte;
    private TimeSpan _awakeFrom;

    /// <summary>DTR is on again: who slept takes a moment.</summary>
    internal void Wake(ModemEngine modem)
    {
        if (modem.Profile.SlowClock == 1 && modem.Now - _lastByte >= modem.Model.Sleep.ByDtrAfter)
        {
            _awakeFrom = modem.Now + modem.Model.Sleep.ByDtrWakesIn;
        }
    }

    internal bool Swallows(ModemEngine modem, bool isDtrOn)
    {
        var idle = modem.Now - _lastByte;
        _lastByte = modem.Now;
        var times = modem.Model.Sleep;
        switch (modem.Profile.SlowClock)
        {
            case 1 when !isDtrOn:
                return idle >= times.ByDtrAfter;
            case 2 when idle > times.IdleAfter:
                _awakeFrom = modem.Now + times.IdleWakesIn;
                return true;
            default:
                return modem.Now < _awakeFrom;
        }
    }
}
