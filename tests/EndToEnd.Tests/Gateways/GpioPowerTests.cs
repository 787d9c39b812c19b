using System.Device.Gpio;
using Gateway;
using Microsoft.Extensions.Options;

namespace EndToEnd.Tests.Gateways;

/// <summary>The power key and the reset pin of the sample Gateway, on a board that writes down what is done to it.</summary>
public sealed class GpioPowerTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_power_key_is_low_for_as_long_as_it_is_asked_and_never_high()
    {
        using var board = new Board();
        using var power = Power(board, powerKey: 23, reset: 24);
        var pressing = power.PressPowerKeyAsync(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken).AsTask();
        Assert.Equal(["23 Input", "24 Input", "23 Output", "23 Low"], board.Log);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.False(pressing.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await pressing;
        Assert.Equal("23 Input", board.Log[^1]);
        Assert.DoesNotContain(board.Log, line => line.EndsWith("High", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_press_that_is_given_up_releases_the_key()
    {
        using var board = new Board();
        using var power = Power(board, powerKey: 23, reset: null);
        using var stop = new CancellationTokenSource();
        var pressing = power.PressPowerKeyAsync(TimeSpan.FromSeconds(34), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pressing);
        Assert.Equal("23 Input", board.Log[^1]);
    }

    [Fact]
    public async Task Without_a_reset_pin_it_says_so()
    {
        using var board = new Board();
        using var power = Power(board, powerKey: 23, reset: null);
        Assert.False(await power.ResetAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["23 Input"], board.Log);
    }

    [Fact]
    public async Task Reset_is_low_for_longer_than_the_module_asks()
    {
        using var board = new Board();
        using var power = Power(board, powerKey: 23, reset: 24);
        var resetting = power.ResetAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.Equal("24 Low", board.Log[^1]);
        _time.Advance(TimeSpan.FromMilliseconds(105));
        Assert.False(resetting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(await resetting);
        Assert.Equal("24 Input", board.Log[^1]);
    }

    private GpioPower Power(Board board, int powerKey, int? reset) => new(
        new GpioController(board), Options.Create(new GatewaySettings { PowerKeyPin = powerKey, ResetPin = reset }), _time);

    private sealed class Board : GpioDriver
    {
        private readonly Dictionary<int, PinMode> _modes = [];

        internal List<string> Log { get; } = [];

        protected override int PinCount => 54;

        protected override void OpenPin(int pinNumber) => _modes[pinNumber] = PinMode.Input;

        protected override void ClosePin(int pinNumber) => _modes.Remove(pinNumber);

        protected override void SetPinMode(int pinNumber, PinMode mode)
        {
            _modes[pinNumber] = mode;
            Log.Add($"{pinNumber} {mode}");
        }

        protected override PinMode GetPinMode(int pinNumber) => _modes[pinNumber];

        protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode is PinMode.Input or PinMode.Output;

        protected override PinValue Read(int pinNumber) => PinValue.High;

        protected override void Write(int pinNumber, PinValue value) => Log.Add($"{pinNumber} {value}");

        protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
            throw new NotSupportedException();

        protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
            throw new NotSupportedException();
    }
}
