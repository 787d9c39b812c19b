using System.Runtime.InteropServices;

namespace Sim800.Modem;

/// <summary>The latest signal qualities that were read, oldest first. Safe for use from several threads.</summary>
public sealed class ModemSignalHistory
{
    /// <summary>How many samples are kept.</summary>
    public const int Capacity = 120;

    private readonly Gate _gate = new();
    private readonly Queue<ModemSignalSample> _samples = new(Capacity);

    internal ModemSignalHistory()
    {
    }

    /// <summary>The samples kept, oldest first.</summary>
    public IReadOnlyList<ModemSignalSample> Samples
    {
        get
        {
            lock (_gate)
            {
                return [.. _samples];
            }
        }
    }

    /// <summary>The median of the samples in dBm, which a single outlier does not move; <c>null</c> when none is known.</summary>
    public int? MedianDbm
    {
        get
        {
            int[] known = [.. Samples.Select(sample => sample.Quality.Dbm).OfType<int>().Order()];
            return known.Length == 0 ? null : known[known.Length / 2];
        }
    }

    internal void Add(ModemSignalSample sample)
    {
        lock (_gate)
        {
            if (_samples.Count == Capacity)
            {
                _samples.Dequeue();
            }

            _samples.Enqueue(sample);
        }
    }
}

/// <summary>A signal quality and when it was read.</summary>
/// <param name="At">When, by the clock of <see cref="ModemOptions.TimeProvider"/>.</param>
/// <param name="Quality">What the modem said.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModemSignalSample(DateTimeOffset At, ModemSignalQuality Quality);
