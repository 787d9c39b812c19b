using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>The contents of extensions (RFC 5280 §4.2.1): each wrong form is refused as malformed.</summary>
public sealed class ExtensionFormTests
{
    public static TheoryData<string, string, string> WrongForms => new()
    {
        { "basic constraints: a path length without cA", "2.5.29.19", "3003020100" },
        { "basic constraints: cA written out as FALSE", "2.5.29.19", "3003010100" },
        { "basic constraints: a negative path length", "2.5.29.19", "30060101FF0201FF" },
        { "basic constraints: a third element", "2.5.29.19", "30090101FF020100020100" },
        { "basic constraints: no sequence", "2.5.29.19", "0101FF" },
        { "basic constraints: trailing octets", "2.5.29.19", "30000500" },
        { "basic constraints: a boolean that is neither 00 nor FF", "2.5.29.19", "3003010101" },
        { "basic constraints: an indefinite length", "2.5.29.19", "30800000" },
        { "key usage: no bit", "2.5.29.15", "030100" },
        { "key usage: only zeros", "2.5.29.15", "03020000" },
        { "key usage: unknown bits", "2.5.29.15", "030300800F" },
        { "key usage: unused bits that are set", "2.5.29.15", "03020781" },
        { "key usage: zeros behind the last bit", "2.5.29.15", "03020080" },
        { "key usage: no bit string", "2.5.29.15", "04020780" },
        { "extended key usage: empty", "2.5.29.37", "3000" },
        { "extended key usage: not an object identifier", "2.5.29.37", "3003020101" },
        { "extended key usage: an object identifier that stops", "2.5.29.37", "30030601AB" },
        { "alternative name: empty", "2.5.29.17", "3000" },
        { "alternative name: an unknown form", "2.5.29.17", "30038901AA" },
        { "alternative name: a universal tag", "2.5.29.17", "30030C0161" },
        { "alternative name: a DNS name that is not ASCII", "2.5.29.17", "300482026180" },
        { "alternative name: a length beyond the end", "2.5.29.17", "300582056162" },
        { "name constraints: empty", "2.5.29.30", "3000" },
        { "name constraints: an empty list", "2.5.29.30", "3002A000" },
        { "name constraints: a minimum", "2.5.29.30", "300AA008300682016180010 1" },
        { "name constraints: a maximum", "2.5.29.30", "300AA0083006820161810101" },
        { "name constraints: excluded before permitted", "2.5.29.30", "300EA1053003820161A0053003820161" },
        { "policies: empty", "2.5.29.32", "3000" },
        { "policies: the same twice", "2.5.29.32", "300C300406022A03300406022A03" },
        { "policy mappings: empty", "2.5.29.33", "3000" },
        { "policy mappings: of any policy", "2.5.29.33", "300C300A0604551D200006022A03" },
        { "policy mappings: to any policy", "2.5.29.33", "300C300A06022A030604551D2000" },
        { "policy constraints: empty", "2.5.29.36", "3000" },
        { "policy constraints: negative", "2.5.29.36", "30038001FF" },
        { "inhibit any policy: negative", "2.5.29.54", "0201FF" },
        { "inhibit any policy: not the shortest form", "2.5.29.54", "02020001" },
    };

    [Theory]
    [MemberData(nameof(WrongForms))]
    public void A_wrong_form_is_malformed_in_a_server(string what, string oid, string value)
    {
        Assert.NotEmpty(what);
        TestPath.WithServer(Extension(oid, value)).IsRefused(TlsCertificateStatus.Malformed);
    }

    [Theory]
    [MemberData(nameof(WrongForms))]
    public void A_wrong_form_is_malformed_in_an_authority(string what, string oid, string value)
    {
        Assert.NotEmpty(what);
        TestPath.WithAuthority(Extension(oid, value)).IsRefused(TlsCertificateStatus.Malformed);
    }

    [Theory]
    [InlineData("2.5.29.19", "3000")]
    [InlineData("2.5.29.15", "03020780")]
    [InlineData("2.5.29.15", "0303078080")] // digitalSignature and decipherOnly
    [InlineData("2.5.29.32", "3006300406022A03")]
    public void A_right_form_is_accepted_in_a_server(string oid, string value) => TestPath.WithServer(Extension(oid, value)).IsAccepted();

    [Fact]
    public void A_thousand_names_are_the_limit()
    {
        TestPath.WithServer(Names(1000)).IsAccepted();
        TestPath.WithServer(Names(1001)).IsRefused(TlsCertificateStatus.Malformed);
    }

    private static TestExtension Names(int count) =>
        TestExtension.DnsNames([.. Enumerable.Range(1, count - 1).Select(i => $"n{i}.example.com"), TestPath.ServerName]);

    private static TestExtension Extension(string oid, string value) =>
        new(oid, true, Convert.FromHexString(value.Replace(" ", "", StringComparison.Ordinal)));
}
