using System.Globalization;
using Sim800.Simulator.Models;

namespace Sim800.Simulator.Machine;

/// <summary>Cuts the text after <c>AT</c> into commands (V.250 5.2): basic ones follow each other, extended ones are separated by <c>;</c>.</summary>
internal static class CommandLineReader
{
    /// <returns><c>false</c> when the line is no command line: a syntax error or a limit exceeded.</returns>
    internal static bool TryRead(string body, ModemModel model, out List<Command> commands)
    {
        commands = [];
        if (body.Length > model.LongestLine || !QuotedText.IsBalanced(body))
        {
            return false;
        }

        var parts = QuotedText.Split(body, ';');
        for (var i = 0; i < parts.Count; i++)
        {
            // The semicolon behind a number to dial is a part of it: it makes the call a voice call (27.007 6.2).
            if (!TryReadPart(parts[i].Trim(), i + 1 < parts.Count ? ";" : "", commands))
            {
                return false;
            }
        }

        return commands.Count <= model.MostCommands;
    }

    private static bool TryReadPart(string part, string end, List<Command> commands)
    {
        var position = 0;
        while (position < part.Length)
        {
            if (part[position] is '+' or '*')
            {
                commands.Add(ReadExtended(part[position..]));
                return true;
            }

            if (!TryReadBasic(part, end, ref position, out var command))
            {
                return false;
            }

            commands.Add(command);
        }

        return true;
    }

    private static Command ReadExtended(string text)
    {
        var end = text.IndexOfAny(['=', '?']);
        if (end < 0)
        {
            return new Command(Upper(text), CommandForm.Execute, CommandArguments.None);
        }

        var name = Upper(text[..end]);
        return text[end..] switch
        {
            "?" => new Command(name, CommandForm.Read, CommandArguments.None),
            "=?" => new Command(name, CommandForm.Test, CommandArguments.None),
            ['=', .. var rest] => new Command(name, CommandForm.Set, CommandArguments.Parse(rest)),
            _ => new Command(Upper(text), CommandForm.Execute, CommandArguments.None),
        };
    }

    private static bool TryReadBasic(string part, string end, ref int position, out Command command)
    {
        command = default;
        var start = position;
        position += part[position] == '&' ? 2 : 1;
        if (position > part.Length || !char.IsAsciiLetter(part[position - 1]))
        {
            return false;
        }

        var name = Upper(part[start..position]);
        if (name is "D")
        {
            command = new Command(name, CommandForm.Execute, new CommandArguments([new CommandArgument(part[position..].Trim() + end, Quoted: false)]));
            position = part.Length;
            return true;
        }

        var digits = TakeDigits(part, ref position);
        command = name is "S" && position < part.Length
            ? ReadRegister(part, name + digits, ref position)
            : new Command(name, CommandForm.Execute, digits.Length == 0 ? CommandArguments.None : CommandArguments.Parse(digits));
        return true;
    }

    private static Command ReadRegister(string part, string name, ref int position)
    {
        if (part[position] == '=')
        {
            position++;
            return new Command(name, CommandForm.Set, CommandArguments.Parse(TakeDigits(part, ref position)));
        }

        position += part[position] == '?' ? 1 : 0;
        return new Command(name, CommandForm.Read, CommandArguments.None);
    }

    private static string TakeDigits(string part, ref int position)
    {
        var start = position;
        while (position < part.Length && char.IsAsciiDigit(part[position]))
        {
            position++;
        }

        return part[start..position];
    }

    private static string Upper(string text) => text.Trim().ToUpper(CultureInfo.InvariantCulture);
}
