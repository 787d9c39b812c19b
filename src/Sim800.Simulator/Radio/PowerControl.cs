using Sim800.Simulator.Machine;
using Sim800.Simulator.Models;

namespace Sim800.Simulator.Radio;

/// <summary>Power, boot and functionality level: what the modem says when it starts, and what it forgets.</summary>
internal sealed class PowerControl(ModemEngine modem)
{
    private const int Full = 1;

    /// <summary>From a command about the card to what is said of it.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>From AT+CFUN to what is said on the way.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(400);

    private bool _isBooting;

    /// <summary>The modem hears and speaks; <c>false</c> while it is off or booting.</summary>
    internal bool IsOn { get; private set; }

    /// <summary>AT+CFUN: 0 minimum, 1 full, 4 flight mode.</summary>
    internal int Functionality { get; private set; } = Full;

    internal bool HasSimPower => Level(Functionality).HasSim;

    internal bool HasRadio => Level(Functionality).HasRadio;

    internal void Begin()
    {
        modem.Faults.Begin();
        if (modem.Options.StartsAtPowerOn)
        {
            PowerOn();
            return;
        }

        modem.Counters.Boots++;
        IsOn = true;
        modem.Radio.Search(TimeSpan.Zero);
    }

    internal void PowerOn()
    {
        modem.Forget();
        modem.Sim.PowerOff();
        modem.Reply.Raw(modem.Model.Boot.AtPowerOn(modem.Rate.Host));
        Boot();
    }

    /// <summary>AT+CFUN=1,1, a pin, a crash: a byte or two of garbage, then the boot.</summary>
    internal void Reboot()
    {
        modem.Forget();
        modem.Sim.PowerOff();
        modem.Reply.Raw(modem.Model.Boot.AtReset);
        Boot();
    }

    internal void PowerOff()
    {
        modem.Forget();
        modem.Sim.PowerOff();
        IsOn = false;
        _isBooting = false;
    }

    /// <summary>The RESET pin was low. A modem that is off stays off.</summary>
    internal void PressReset()
    {
        if (IsOn || _isBooting)
        {
            Reboot();
        }
    }

    /// <summary>The PWRKEY pin was low for <paramref name="duration"/>. A firmware that hangs does not see a short press.</summary>
    internal void PressKey(TimeSpan duration)
    {
        var key = modem.Model.PowerKey;
        if (key.Restart is { } restart && duration > restart)
        {
            Reboot();
        }
        else if (duration >= (IsOn ? key.Off : key.On) && !modem.Serial.IsMute && !_isBooting)
        {
            SwitchOver();
        }
    }

    private void SwitchOver()
    {
        if (!IsOn)
        {
            PowerOn();
            return;
        }

        if (modem.Model.PowerKey.SaidWhenOff is { } line)
        {
            modem.Reply.Unsolicited(line);
        }

        PowerOff();
    }

    internal void SimUnlocked() => modem.After(Moment, () =>
    {
        modem.Reply.Unsolicited("+CPIN: READY");
        AnnounceReady();
        modem.Radio.Search(modem.Options.RegistrationTime);
    });

    /// <summary>AT+CFUN=n.</summary>
    /// <returns>How long the modem takes for it; <c>null</c> when it does not go there.</returns>
    internal TimeSpan? SetFunctionality(int number)
    {
        var (before, level) = (Level(Functionality), Level(number));
        if (level == before)
        {
            return TimeSpan.Zero;
        }

        if (before.EndsWithRestart)
        {
            return null;
        }

        Functionality = number;
        Say(level);
        if (!level.HasRadio)
        {
            modem.Bearer.Deactivate();
            modem.Radio.SwitchOff();
        }
        else if (before.HasSim)
        {
            modem.Radio.Search(modem.Options.RegistrationTime);
        }

        if (level.HasSim && !before.HasSim)
        {
            modem.Sim.PowerOff();
            modem.After(modem.Model.Boot.BeforeSim, StartSim);
        }

        return level.Time;
    }

    private FunctionLevel Level(int number) => modem.Model.Levels.First(level => level.Number == number);

    private void Say(FunctionLevel level)
    {
        if (level.SaidBefore is { } first)
        {
            modem.Reply.Unsolicited(first);
        }

        if (level.SaidOnTheWay is { } line)
        {
            modem.After(OnTheWay, () => modem.Reply.Unsolicited(line));
        }
    }

    private void Boot()
    {
        var boot = modem.Model.Boot;
        IsOn = false;
        _isBooting = true;
        Functionality = Full;
        modem.Counters.Boots++;
        modem.Sim.IsBusy = true;
        modem.After(modem.Options.BootTime ?? boot.Time, () =>
        {
            _isBooting = false;
            IsOn = true;
            modem.After(boot.BeforeFirst, SayFirst);
            modem.After(boot.BeforeSim, StartSim);
            modem.Faults.Booted();
        });
    }

    private void SayFirst()
    {
        if (modem.Rate.Modem != 0 && modem.Profile.Rate != 0)
        {
            SayAll(modem.Model.Boot.FirstLines);
        }
    }

    private void StartSim()
    {
        modem.Sim.IsBusy = false;
        if (modem.Profile.Rate != 0)
        {
            modem.Reply.Unsolicited("+CPIN: " + modem.Sim.StateText);
        }

        if (modem.Sim.IsUsable)
        {
            AnnounceReady();
            modem.Radio.Search(modem.Options.RegistrationTime);
        }
    }

    private void AnnounceReady()
    {
        if (modem.Profile.UnsolicitedReady == 0)
        {
            return;
        }

        foreach (var (after, lines) in modem.Model.Boot.WithSim)
        {
            modem.After(after, () => SayWhenRateIsKnown(lines));
        }
    }

    /// <summary>Before autobauding has found the rate there is no rate to say anything at.</summary>
    private void SayWhenRateIsKnown(string[] lines)
    {
        if (modem.Rate.Modem != 0)
        {
            SayAll(lines);
        }
    }

    private void SayAll(string[] lines) => Array.ForEach(lines, modem.Reply.Unsolicited);
}
