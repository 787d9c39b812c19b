namespace Sim800.Benchmarks.Link;

/// <summary>The physics of one run: what no software can change.</summary>
/// <param name="BaudRate">Serial line rate in bits per second; a byte takes ten.</param>
/// <param name="RoundTripTime">From a TCP segment sent to its answer received, in the mobile network.</param>
/// <param name="CommandDelay">How long the modem thinks before each answer.</param>
internal sealed record LinkConditions(int BaudRate, TimeSpan RoundTripTime, TimeSpan CommandDelay)
{
    private const int BitsPerByte = 10;

    /// <summary>The time that <paramref name="bytes"/> take on the serial line.</summary>
    internal TimeSpan OnTheLine(long bytes) => TimeSpan.FromSeconds((double)bytes * BitsPerByte / BaudRate);
}
