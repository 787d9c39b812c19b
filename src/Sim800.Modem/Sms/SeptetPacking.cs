namespace Sim800.Modem.Sms;

/// <summary>Septets packed into octets, lowest bit first (3GPP TS 23.038 §6.1.2.1).</summary>
internal static class SeptetPacking
{
    /// <summary>The octets that hold so many septets behind so many fill bits.</summary>
    internal static int OctetCount(int septets, int fillBits) => ((septets * 7) + fillBits + 7) / 8;

    internal static byte[] Pack(ReadOnlySpan<byte> septets, int fillBits)
    {
        var octets = new byte[OctetCount(septets.Length, fillBits)];
        var bit = fillBits;
        foreach (var septet in septets)
        {
            var shifted = (septet & 0x7F) << (bit % 8);
            octets[bit / 8] |= (byte)shifted;
            if (shifted > 0xFF)
            {
                octets[(bit / 8) + 1] |= (byte)(shifted >> 8);
            }

            bit += 7;
        }

        return octets;
    }

    /// <param name="octets">At least <see cref="OctetCount"/> of them.</param>
    /// <param name="count">How many septets.</param>
    /// <param name="fillBits">Bits to skip first.</param>
    internal static byte[] Unpack(ReadOnlySpan<byte> octets, int count, int fillBits)
    {
        var septets = new byte[count];
        for (var i = 0; i < count; i++)
        {
            var bit = fillBits + (i * 7);
            var low = octets[bit / 8] >> (bit % 8);
            var high = bit % 8 > 1 ? octets[(bit / 8) + 1] << (8 - (bit % 8)) : 0;
            septets[i] = (byte)((low | high) & 0x7F);
        }

        return septets;
    }
}
