using System.Formats.Asn1;

namespace Sim800.Tls.Certificates;

/// <summary>A certificate breaks a rule of form.</summary>
/// <param name="how">Which one, as what follows "The certificate ..." in a sentence.</param>
internal sealed class CertificateFormException(string how) : AsnContentException(how);
