using System.CommandLine;

namespace Sim800.Cli.Options;

/// <summary>An option of mosquitto_pub or mosquitto_sub that has no meaning here: the help says why, and so does whoever gives it.</summary>
internal sealed class RefusedOption : Option<string[]>
{
    internal RefusedOption(string name, string alias, string value, string reason)
        : base(name, alias.Length > 0 ? [alias] : [])
    {
        Reason = reason;
        Description = $"Refused: {reason}";
        HelpName = value;
        Arity = value.Length > 0 ? ArgumentArity.ZeroOrMore : ArgumentArity.Zero;
    }

    /// <summary>A sentence.</summary>
    internal string Reason { get; }
}
