namespace Sim800.Simulator.Line;

/// <summary>The bit rates at both ends of the serial line. One byte is ten bits: start, eight data bits, stop.</summary>
internal sealed class UartRate(int modem, int host)
{
    /// <summary>The rates AT+IPR of a SIM800 knows; 0 is autobauding.</summary>
    internal static readonly int[] OfSim800 =
        [0, 1200, 2400, 4800, 9600, 14400, 19200, 28800, 38400, 57600, 115200, 230400, 460800];

    /// <summary>The rates of A76xx, which does not find the rate by itself.</summary>
    internal static readonly int[] OfA76xx =
        [300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600, 1000000, 1500000, 3000000, 3200000, 3686400];

    /// <summary>The rates of SIM7600.</summary>
    internal static readonly int[] OfSim7600 = [0, .. OfA76xx];

    /// <summary>The modem's rate in bits a second; 0 while autobauding has not seen an <c>AT</c>.</summary>
    internal int Modem { get; set; } = modem;

    /// <summary>The rate at which the host sends and listens, in bits a second.</summary>
    internal int Host { get; set; } = host;

    internal bool Matches => Modem == Host;

    internal TimeSpan TimeFor(int bytes) =>
        TimeSpan.FromTicks(bytes * 10L * TimeSpan.TicksPerSecond / (Modem > 0 ? Modem : Host));

    /// <summary>How many bytes fit into <paramref name="time"/>, at least one.</summary>
    internal int BytesIn(TimeSpan time) =>
        (int)Math.Max(1, time.Ticks * (Modem > 0 ? Modem : Host) / 10 / TimeSpan.TicksPerSecond);

    /// <summary>What a receiver at another rate makes of a byte: never a letter, digit or control character of an AT line.</summary>
    internal static byte Garbled(byte sent) => (byte)(0x80 | ((sent * 0x2B) ^ (sent >> 1)));
}
