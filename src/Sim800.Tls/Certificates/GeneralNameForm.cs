namespace Sim800.Tls.Certificates;

/// <summary>The forms of a GeneralName, by their tag (RFC 5280 §4.2.1.6).</summary>
internal enum GeneralNameForm
{
    OtherName = 0,
    Rfc822Name = 1,
    DnsName = 2,
    X400Address = 3,
    DirectoryName = 4,
    EdiPartyName = 5,
    Uri = 6,
    IpAddress = 7,
    RegisteredId = 8,
}
