using System.Device.Gpio;
using Microsoft.Extensions.Options;
using Sim800.Modem;

namespace Gateway;

/// <summary>
/// PWRKEY and RESET of the module on two GPIO lines. Both are pulled up inside the module, to 2.8 V or to its supply: a line is driven low
/// or is an input, and never high.
/// </summary>
internal sealed class GpioPower : IModemPowerControl, IDisposable
{
    private static readonly TimeSpan ResetPulse = TimeSpan.FromMilliseconds(200);

    private readonly GpioController _gpio;
    private readonly GatewaySettings _settings;
    private readonly TimeProvider _time;

    public GpioPower(GpioController gpio, IOptions<GatewaySettings> settings, TimeProvider time)
    {
        _gpio = gpio;
        _settings = settings.Value;
        _time = time;
        foreach (var pin in new[] { _settings.PowerKeyPin, _settings.ResetPin }.OfType<int>())
        {
            _gpio.OpenPin(pin, PinMode.Input);
        }
    }

    public ValueTask PressPowerKeyAsync(TimeSpan duration, CancellationToken cancellationToken) => _settings.PowerKeyPin is { } pin
        ? PullAsync(pin, duration, cancellationToken)
        : throw new InvalidOperationException("Gateway:PowerKeyPin is not set.");

    public async ValueTask<bool> ResetAsync(CancellationToken cancellationToken)
    {
        if (_settings.ResetPin is not { } pin)
        {
            return false;
        }

        await PullAsync(pin, ResetPulse, cancellationToken);
        return true;
    }

    public void Dispose() => _gpio.Dispose();

    private async ValueTask PullAsync(int pin, TimeSpan duration, CancellationToken cancellationToken)
    {
        _gpio.SetPinMode(pin, PinMode.Output);
        _gpio.Write(pin, PinValue.Low);
        try
        {
            await Task.Delay(duration, _time, cancellationToken);
        }
        finally
        {
            _gpio.SetPinMode(pin, PinMode.Input);
        }
    }
}
