using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Radio;

/// <summary>The SIM card: its PIN, its PUK and the tries left. Its state survives a reboot, as a card's does.</summary>
internal sealed class SimCard
{
    private const int PinTries = 3;
    private const int PukTries = 10;

    private readonly ModemEngine _modem;
    private string _pin;
    private bool _isUnlocked;

    internal SimCard(ModemEngine modem)
    {
        _modem = modem;
        _pin = modem.Options.Pin ?? "0000";
        IsPinAsked = modem.Options.Pin is not null;
        _isUnlocked = !IsPinAsked;
    }

    /// <summary>AT+CLCK="SC": the card asks for its PIN at power-on.</summary>
    internal bool IsPinAsked { get; private set; }

    internal int PinTriesLeft { get; private set; } = PinTries;

    internal int PukTriesLeft { get; private set; } = PukTries;

    internal bool IsInserted { get; set; } = true;

    /// <summary>The card is still starting: <c>SIM busy</c>.</summary>
    internal bool IsBusy { get; set; }

    internal SimState State => this switch
    {
        { IsInserted: false } => SimState.Missing,
        { PinTriesLeft: 0 } => SimState.PukRequired,
        { _isUnlocked: false } => SimState.PinRequired,
        _ => SimState.Ready,
    };

    /// <summary>Why commands that need the card cannot be carried out; <c>null</c> when they can.</summary>
    internal CommandOutcome? Obstacle => State switch
    {
        _ when !_modem.Power.HasSimPower => CommandOutcome.Cme(_modem.Model.SimOffError),
        SimState.Missing => CommandOutcome.Cme(10),
        _ when IsBusy => CommandOutcome.Cme(_modem.Model.SimStartingError),
        SimState.PinRequired => CommandOutcome.Cme(11),
        SimState.PukRequired => CommandOutcome.Cme(12),
        _ => null,
    };

    internal bool IsUsable => Obstacle is null;

    internal string StateText => State switch
    {
        SimState.Ready => "READY",
        SimState.PinRequired => "SIM PIN",
        SimState.PukRequired => "SIM PUK",
        _ => "NOT INSERTED",
    };

    /// <summary>The card loses its supply: the PIN is asked for again.</summary>
    internal void PowerOff() => _isUnlocked = !IsPinAsked;

    internal CommandOutcome EnterPin(string pin) => Verify(pin) ? Unlock() : CommandOutcome.Cme(16);

    internal CommandOutcome EnterPuk(string puk, string newPin)
    {
        if (PukTriesLeft == 0)
        {
            return CommandOutcome.Cme(13);
        }

        if (!string.Equals(puk, _modem.Options.Puk, StringComparison.Ordinal) || !IsPinText(newPin))
        {
            PukTriesLeft--;
            return CommandOutcome.Cme(16);
        }

        (_pin, PinTriesLeft, PukTriesLeft) = (newPin, PinTries, PukTries);
        return Unlock();
    }

    internal CommandOutcome SetLock(bool isAsked, string pin)
    {
        if (!Verify(pin))
        {
            return CommandOutcome.Cme(16);
        }

        IsPinAsked = isAsked;
        return CommandOutcome.Ok;
    }

    internal CommandOutcome ChangePin(string oldPin, string newPin)
    {
        if (!Verify(oldPin) || !IsPinText(newPin))
        {
            return CommandOutcome.Cme(16);
        }

        _pin = newPin;
        return CommandOutcome.Ok;
    }

    private bool Verify(string pin)
    {
        if (string.Equals(pin, _pin, StringComparison.Ordinal) && PinTriesLeft > 0)
        {
            PinTriesLeft = PinTries;
            return true;
        }

        PinTriesLeft = Math.Max(0, PinTriesLeft - 1);
        return false;
    }

    private CommandOutcome Unlock()
    {
        _isUnlocked = true;
        _modem.Power.SimUnlocked();
        return CommandOutcome.Ok;
    }

    private static bool IsPinText(string pin) => pin.Length is >= 4 and <= 8 && pin.All(char.IsAsciiDigit);
}

/// <summary>What AT+CPIN? reports.</summary>
internal enum SimState
{
    Ready,
    PinRequired,
    PukRequired,
    Missing,
}
