using System.Globalization;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Radio;

/// <summary>Power, boot and functionality level: what the modem says when it starts, and what it forgets.</summary>
internal sealed class PowerControl(ModemEngine modem)
{
    private static readonly TimeSpan BeforeReady = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SimStart = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan CallReady = TimeSpan.FromSeconds(2);

    /// <summary>PWRKEY held that long is heard; held much longer it restarts the modem whatever it does.</summary>
    private static readonly TimeSpan Press = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="Press"/>
    private static readonly TimeSpan LongPress = TimeSpan.FromSeconds(33);

    private bool _isBooting;

    /// <summary>The bytes at power-on that the manual says to ignore (1.4).</summary>
    private static readonly byte[] SyncString = [0x00, 0x49, 0x49, 0x49, 0x49, 0xFF, 0xFF, 0xFF, 0xFF];

    /// <summary>The modem hears and speaks; <c>false</c> while it is off or booting.</summary>
    internal bool IsOn { get; private set; }

    /// <summary>AT+CFUN: 0 minimum, 1 full, 4 flight mode.</summary>
    internal int Functionality { get; private set; } = 1;

    internal bool HasSimPower => Functionality == 1;

    internal bool HasRadio => Functionality == 1;

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
        modem.Reply.Raw(modem.Rate.Host == 115_200 ? SyncString : [0xFF, 0xFF]);
        Boot();
    }

    /// <summary>AT+CFUN=1,1, a pin, a crash: two bytes of garbage, then the boot.</summary>
    internal void Reboot()
    {
        modem.Forget();
        modem.Sim.PowerOff();
        modem.Reply.Raw([0xFF, 0xFE]);
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
        if (duration > LongPress)
        {
            Reboot();
        }
        else if (duration >= Press && !modem.Serial.IsMute && !_isBooting)
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

        modem.Reply.Unsolicited("NORMAL POWER DOWN");
        PowerOff();
    }

    internal void SimUnlocked() => modem.After(BeforeReady, () =>
    {
        modem.Reply.Unsolicited("+CPIN: READY");
        modem.Radio.Search(modem.Options.RegistrationTime);
        AnnounceReady();
    });

    /// <summary>AT+CFUN=n; returns how long the modem takes for it.</summary>
    internal TimeSpan SetFunctionality(int level)
    {
        var before = Functionality;
        Functionality = level;
        if (level == before)
        {
            return TimeSpan.Zero;
        }

        if (level != 1)
        {
            modem.Bearer.Deactivate();
            modem.Radio.Lose(RadioInterface.Idle);
            modem.After(TimeSpan.FromMilliseconds(400), () => modem.Reply.Unsolicited("+CPIN: NOT READY"));
            return TimeSpan.FromSeconds(level == 0 ? 5 : 1);
        }

        modem.Sim.PowerOff();
        modem.After(SimStart, StartSim);
        return TimeSpan.FromMilliseconds(200);
    }

    private void Boot()
    {
        IsOn = false;
        _isBooting = true;
        Functionality = 1;
        modem.Counters.Boots++;
        modem.Sim.IsBusy = true;
        modem.After(modem.Options.BootTime, () =>
        {
            _isBooting = false;
            IsOn = true;
            modem.After(BeforeReady, SayReady);
            modem.After(SimStart, StartSim);
            modem.Faults.Booted();
        });
    }

    private void SayReady()
    {
        if (modem.Rate.Modem != 0 && modem.Profile.Rate != 0)
        {
            modem.Reply.Unsolicited("RDY");
            modem.Reply.Unsolicited(string.Create(CultureInfo.InvariantCulture, $"+CFUN: {Functionality}"));
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
            modem.Radio.Search(modem.Options.RegistrationTime);
            AnnounceReady();
        }
    }

    private void AnnounceReady()
    {
        if (modem.Profile.UnsolicitedReady == 0)
        {
            return;
        }

        modem.After(CallReady, () =>
        {
            // Before autobauding has found the rate there is no rate to say anything at.
            if (modem.Rate.Modem != 0)
            {
                modem.Reply.Unsolicited("Call Ready");
                modem.Reply.Unsolicited("SMS Ready");
            }
        });
    }
}
