namespace Sim800.Tls.Certificates;

/// <summary>How far a path got, the worst first.</summary>
internal enum PathRank
{
    /// <summary>It ends in nobody who is trusted.</summary>
    Untrusted,

    /// <summary>It ends in a trusted authority, and a signature on it is wrong.</summary>
    WronglySigned,

    /// <summary>Signed by a trusted authority; a rule decides.</summary>
    Trusted,
}
