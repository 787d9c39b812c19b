using System.Globalization;

namespace Sim800.Simulator.Machine;

/// <summary>The parameters after <c>=</c>, separated by commas outside quotes (V.250 5.4.2).</summary>
internal sealed class CommandArguments(IReadOnlyList<CommandArgument> arguments)
{
    internal static readonly CommandArguments None = new([]);

    internal int Count => arguments.Count;

    /// <summary>The parameter's text; empty when it is absent.</summary>
    internal string this[int index] => index < arguments.Count ? arguments[index].Text : "";

    internal bool Has(int index) => index < arguments.Count && (arguments[index].Quoted || arguments[index].Text.Length > 0);

    internal bool IsQuoted(int index) => index < arguments.Count && arguments[index].Quoted;

    /// <summary>The parameters from that one on.</summary>
    internal CommandArguments From(int first) => new([.. arguments.Skip(first)]);

    internal bool TryInteger(int index, int least, int most, out int value) =>
        int.TryParse(this[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= least && value <= most;

    /// <summary>As <see cref="TryInteger(int, int, int, out int)"/>, with a value for an absent parameter.</summary>
    internal bool TryInteger(int index, int least, int most, int absent, out int value)
    {
        value = absent;
        return !Has(index) || TryInteger(index, least, most, out value);
    }

    internal static CommandArguments Parse(string text)
    {
        var arguments = new List<CommandArgument>();
        foreach (var part in QuotedText.Split(text, ','))
        {
            var trimmed = part.Trim();
            var quoted = trimmed is ['"', .., '"'];
            arguments.Add(new CommandArgument(quoted ? trimmed[1..^1] : trimmed, quoted));
        }

        return new CommandArguments(arguments);
    }
}

/// <summary>One parameter of a command, without its quotes.</summary>
internal readonly record struct CommandArgument(string Text, bool Quoted);
