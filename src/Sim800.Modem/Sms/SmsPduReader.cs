namespace Sim800.Modem.Sms;

/// <summary>Takes octets off a PDU from the front. Every take is checked against what is left.</summary>
internal ref struct SmsPduReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> _rest = octets;

    internal readonly ReadOnlySpan<byte> Rest => _rest;

    /// <exception cref="SmsException">The PDU ends too early.</exception>
    internal byte TakeOctet() => Take(1)[0];

    /// <exception cref="SmsException">The PDU ends too early.</exception>
    internal ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw SmsException.MalformedPdu("it ends too early");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
