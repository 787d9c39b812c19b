using System.Device.Gpio;
using Sim800.Modem;

#pragma warning disable MA0040 // the page tells of programs without a token
namespace Architecture.Tests.Pages;

/// <summary>The code of docs/wiring.md, so that the compiler reads it. It is not run.</summary>
internal static class WiringPageSnippets
{
    internal static async Task OnWindowsAsync()
    {
        await using var modem = await CellularModem.OpenAsync("COM5", new ModemOptions { Apn = "internet" });
    }

    internal sealed class GpioPower(GpioController gpio, int powerKey, int reset) : IModemPowerControl
    {
        public ValueTask PressPowerKeyAsync(TimeSpan duration, CancellationToken cancellationToken) =>
            PullAsync(powerKey, duration, cancellationToken);

        public async ValueTask<bool> ResetAsync(CancellationToken cancellationToken)
        {
            await PullAsync(reset, TimeSpan.FromMilliseconds(200), cancellationToken);
            return true;
        }

        private async ValueTask PullAsync(int pin, TimeSpan duration, CancellationToken cancellationToken)
        {
            gpio.SetPinMode(pin, PinMode.Output);
            gpio.Write(pin, PinValue.Low);
            try { await Task.Delay(duration, cancellationToken); }
            finally { gpio.SetPinMode(pin, PinMode.Input); } // never high: the module pulls it up itself, to less than 3.3 V
        }
    }
}
