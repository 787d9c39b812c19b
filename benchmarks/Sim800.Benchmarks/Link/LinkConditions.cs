using Sim800.Simulator;

namespace Sim800.Benchmarks.Link;

/// <summary>The physics of one run: what no software can change.</summary>
/// <param name="BaudRate">Serial line rate in bits per second; a byte takes ten.</param>
/// <param name="RoundTripTime">From a TCP segment sent to its answer received, in the mobile network.</param>
/// <param name="CommandDelay">How long the modem thinks before each answer.</param>
/// <param name="UplinkKbps">Rate of the radio to the network in kbit/s; <c>null</c> for one that is never the limit.</param>
/// <param name="DownlinkKbps">Rate of the radio from the network in kbit/s; <c>null</c> for one that is never the limit.</param>
internal sealed record LinkConditions(
    int BaudRate, TimeSpan RoundTripTime, TimeSpan CommandDelay, int? UplinkKbps = null, int? DownlinkKbps = null)
{
    private const int BitsPerByte = 10;

    /// <summary>Which module it is.</summary>
    internal VirtualModemModel Model { get; init; }

    /// <summary>What its commands cost at least.</summary>
    internal CipExchange Exchange => Model is VirtualModemModel.A7670E or VirtualModemModel.Sim7600E ? CipExchange.SimcomLte : CipExchange.Sim800;

    /// <summary>The time that <paramref name="bytes"/> take on the serial line.</summary>
    internal TimeSpan OnTheLine(long bytes) => TimeSpan.FromSeconds((double)bytes * BitsPerByte / BaudRate);

    /// <summary>The time that <paramref name="bytes"/> take to the network.</summary>
    internal TimeSpan Up(long bytes) => OverTheAir(bytes, UplinkKbps);

    /// <summary>The time that <paramref name="bytes"/> take from the network.</summary>
    internal TimeSpan Down(long bytes) => OverTheAir(bytes, DownlinkKbps);

    /// <summary>The virtual modem that it makes.</summary>
    internal VirtualModemOptions Modem(IVirtualNetwork network) => new()
    {
        Model = Model,
        BaudRate = BaudRate,
        RoundTripTime = RoundTripTime,
        CommandDelay = CommandDelay,
        UplinkKbps = UplinkKbps,
        DownlinkKbps = DownlinkKbps,
        Network = network,
    };

    private static TimeSpan OverTheAir(long bytes, int? kbps) =>
        kbps is { } rate ? TimeSpan.FromMilliseconds((double)Math.Max(0, bytes) * 8 / rate) : TimeSpan.Zero;
}
