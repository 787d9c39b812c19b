using Sim800.Simulator;

namespace Sim800.Fuzz;

/// <summary>Inputs in a text file, one on a line, escaped as in a transcript; lines that begin with <c>#</c> say what follows.</summary>
internal static class CorpusFile
{
    internal static IReadOnlyList<byte[]> Of(string folder, string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, folder, name + ".txt");
        return File.Exists(path)
            ? [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(TranscriptText.Unescape)]
            : [];
    }

    /// <summary>As a line of such a file: no blank at its ends and no <c>#</c> in front.</summary>
    internal static string Line(ReadOnlySpan<byte> bytes)
    {
        var line = TranscriptText.Escape(bytes);
        line = line is ['#' or ' ', ..] ? $"\\x{(int)line[0]:X2}{line[1..]}" : line;
        return line is [.., ' '] ? line[..^1] + "\\x20" : line;
    }
}
