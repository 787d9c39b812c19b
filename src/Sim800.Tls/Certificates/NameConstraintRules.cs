namespace Sim800.Tls.Certificates;

/// <summary>
/// The name constraints of all authorities on a path, each of which every certificate below must meet (RFC 5280 §4.2.1.10).
/// A form of names that is constrained and that cannot be judged is refused, never waved through.
/// </summary>
internal sealed class NameConstraintRules
{
    private readonly List<NameConstraints> _all = [];

    internal void Add(NameConstraints? constraints)
    {
        if (constraints is not null)
        {
            _all.Add(constraints);
        }
    }

    internal void Check(TbsCertificate certificate)
    {
        if (_all.Count == 0)
        {
            return;
        }

        foreach (var name in NamesOf(certificate))
        {
            if (_all.Exists(constraints => !IsAllowed(name, constraints)))
            {
                throw new TlsCertificateException(
                    TlsCertificateStatus.NameConstraint,
                    $"The certificate of '{certificate.SubjectText}' holds the name {SubjectAltNameText.Print([name])}, "
                    + "which an authority above it may not certify.");
            }
        }
    }

    // The subject counts as a directory name; its common name is no host name and is not looked at.
    private static IEnumerable<GeneralName> NamesOf(TbsCertificate certificate)
    {
        IEnumerable<GeneralName> names = certificate.Extensions.SubjectAltName?.Names ?? [];
        return DistinguishedName.IsEmpty(certificate.Subject)
            ? names
            : names.Append(new GeneralName(GeneralNameForm.DirectoryName, certificate.Subject));
    }

    private static bool IsAllowed(GeneralName name, NameConstraints constraints)
    {
        var isConstrained = false;
        var isPermitted = false;
        foreach (var subtree in constraints.Permitted)
        {
            if (subtree.Form == name.Form)
            {
                isConstrained = true;
                isPermitted |= Subtree.Contains(subtree, name) is true;
            }
        }

        // Where containment cannot be told, the name counts as excluded.
        return (!isConstrained || isPermitted)
            && !constraints.Excluded.Any(subtree => subtree.Form == name.Form && Subtree.Touches(subtree, name) is not false);
    }
}
