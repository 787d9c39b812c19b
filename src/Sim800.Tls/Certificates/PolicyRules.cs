namespace Sim800.Tls.Certificates;

/// <summary>
/// Certificate policies along a path, any policy being acceptable to the user (RFC 5280 §6.1.3 d to §6.1.5 g). Of the tree
/// only the policies its newest level expects matter, so those are kept (as RFC 9618 shows to be enough): bounded work.
/// </summary>
internal sealed class PolicyRules(int length)
{
    private HashSet<string> _expected = new(StringComparer.Ordinal) { Oids.AnyPolicy };
    private int _explicitPolicy = length + 1;
    private int _policyMapping = length + 1;
    private int _inhibitAnyPolicy = length + 1;

    internal void Process(TbsCertificate certificate, bool isServer)
    {
        var extensions = certificate.Extensions;
        _expected = Descend(extensions.CertificatePolicies ?? [], _inhibitAnyPolicy > 0 || (!isServer && certificate.IsSelfIssued));
        Require(certificate);
        if (!isServer)
        {
            Map(extensions.PolicyMappings);
        }

        if (isServer || !certificate.IsSelfIssued)
        {
            CountDown();
        }

        Tighten(extensions, isServer);
        Require(certificate);
    }

    private HashSet<string> Descend(IReadOnlyList<string> policies, bool anyPolicyCounts)
    {
        var next = new HashSet<string>(StringComparer.Ordinal);
        foreach (var policy in policies)
        {
            if (policy is Oids.AnyPolicy)
            {
                next.UnionWith(anyPolicyCounts ? _expected : []);
            }
            else if (_expected.Contains(policy) || _expected.Contains(Oids.AnyPolicy))
            {
                next.Add(policy);
            }
        }

        return next;
    }

    private void Map(IReadOnlyList<PolicyMapping> mappings)
    {
        var mapped = mappings.Where(mapping => _expected.Contains(mapping.IssuerDomain) || _expected.Contains(Oids.AnyPolicy)).ToList();
        _expected.ExceptWith(mapped.Select(mapping => mapping.IssuerDomain));
        if (_policyMapping > 0)
        {
            _expected.UnionWith(mapped.Select(mapping => mapping.SubjectDomain));
        }
    }

    private void CountDown()
    {
        _explicitPolicy = Math.Max(0, _explicitPolicy - 1);
        _policyMapping = Math.Max(0, _policyMapping - 1);
        _inhibitAnyPolicy = Math.Max(0, _inhibitAnyPolicy - 1);
    }

    private void Tighten(CertificateExtensions extensions, bool isServer)
    {
        var required = extensions.PolicyConstraints?.RequireExplicitPolicy ?? int.MaxValue;
        if (!isServer || required == 0)
        {
            _explicitPolicy = Math.Min(_explicitPolicy, required);
        }

        _policyMapping = Math.Min(_policyMapping, extensions.PolicyConstraints?.InhibitPolicyMapping ?? int.MaxValue);
        _inhibitAnyPolicy = Math.Min(_inhibitAnyPolicy, extensions.InhibitAnyPolicy ?? int.MaxValue);
    }

    private void Require(TbsCertificate certificate)
    {
        if (_explicitPolicy == 0 && _expected.Count == 0)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.Policy,
                $"The certificate of '{certificate.SubjectText}' is under no policy that the authorities above it demand.");
        }
    }
}
