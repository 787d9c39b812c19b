namespace Sim800.Simulator.Messages;

/// <summary>SMS-SUBMIT (23.040 9.2.2.2): read as the host gives it in PDU mode, made of what it gives in text mode.</summary>
internal static class SubmitPdu
{
    /// <param name="hex">Service centre and TPDU.</param>
    /// <param name="length">Octets of the TPDU alone, as the command announced them.</param>
    /// <returns><c>null</c> when it is no SUBMIT of this length.</returns>
    internal static Tpdu? Parse(string hex, int length) =>
        Tpdu.Parse(hex) is { Kind: Tpdu.Submit } tpdu && tpdu.Octets.Length == length ? tpdu : null;

    /// <summary>What the modem makes of a text and the parameters of AT+CSMP.</summary>
    /// <returns><c>null</c> when the text does not fit one message.</returns>
    internal static Tpdu? Of(string receiver, string text, (int First, int Validity, int Protocol, int Coding) parameters)
    {
        // Neither a header nor an absolute validity period can be given in text mode.
        var first = (parameters.First & 0x27) | 0x10;
        if (DeliverPdu.Cut(text).Count > 1)
        {
            return null;
        }

        return Tpdu.Of(
        [
            (byte)((first & ~3) | Tpdu.Submit),
            0,
            .. PduFields.Address(receiver),
            (byte)parameters.Protocol,
            (byte)(DefaultAlphabet.Has(text) ? 0 : 8),
            (byte)parameters.Validity,
            .. PduFields.UserData([], text),
        ]);
    }
}
