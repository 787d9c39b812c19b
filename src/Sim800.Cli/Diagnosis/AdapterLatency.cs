using System.Globalization;
using Sim800.Modem;

namespace Sim800.Cli.Diagnosis;

/// <summary>
/// An FTDI adapter hands received bytes over when its buffer is full or its latency timer has run out, 16 ms as a rule: each command then
/// waits that long for its answer.
/// </summary>
internal static class AdapterLatency
{
    private const int Rounds = 5;

    /// <summary>Less has no timer in it that is worth a word.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromMilliseconds(12);

    /// <returns>What was measured and what to set; <c>null</c> when there is nothing to gain.</returns>
    internal static async Task<string?> NoteAsync(CellularModem modem, string device, TimeProvider clock, CancellationToken cancellationToken)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var started = clock.GetTimestamp();
            await modem.SendCommandAsync("AT", TimeSpan.FromSeconds(5), cancellationToken).ConfigureAwait(false);
            var took = clock.GetElapsedTime(started);
            best = took < best ? took : best;
        }

        return Note(best, TimerOf(device, "/sys/bus/usb-serial/devices"));
    }

    /// <summary>The file of the adapter's latency timer, if it has one.</summary>
    internal static string? TimerOf(string device, string adapters)
    {
        var name = Path.GetFileName((File.Exists(device) ? File.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName : null) ?? device);
        var file = Path.Combine(adapters, name, "latency_timer");
        return File.Exists(file) ? file : null;
    }

    internal static string? Note(TimeSpan roundTrip, string? timer)
    {
        if (roundTrip < Noticeable || timer is null
            || !int.TryParse(File.ReadAllText(timer).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds <= 1)
        {
            return null;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"AT takes {roundTrip.TotalMilliseconds:0.0} ms there and back, of which the adapter's latency timer is up to {milliseconds} ms: "
            + $"'echo 1 | sudo tee {timer}' sets it to 1 ms until the adapter is plugged in again");
    }
}
