using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>The inner walls of Sim800.Modem: an engine that knows no modem, and folders whose dependencies point one way.</summary>
public sealed partial class ModemHouseTests
{
    /// <summary>Pairs of folders that use each other. Lower it when one falls away.</summary>
    private const int MaxMutualPairs = 1;

    private const string Modem = "src/Sim800.Modem/";

    [Fact]
    public void The_AT_engine_names_no_modem_and_no_command_or_result_code_of_one()
    {
        var offenders =
            from file in Repository.SourceFiles()
            where Repository.Relative(file).StartsWith(Modem + "At/", StringComparison.Ordinal)
            from line in File.ReadLines(file)
            from Match match in ForeignName().Matches(line)
            select $"{Repository.Relative(file)}: {match.Value}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void The_links_send_no_command_and_know_no_result_code_by_themselves()
    {
        var offenders =
            from file in Repository.SourceFiles()
            where Repository.Relative(file).StartsWith(Modem + "Links/", StringComparison.Ordinal)
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            from Match match in CommandOrResultCode().Matches(line)
            select $"{Repository.Relative(file)}: {match.Value}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Few_folders_of_the_modem_use_each_other_both_ways()
    {
        var mutual = FolderUse.MutualPairs(Modem);
        Assert.True(mutual.Count <= MaxMutualPairs, string.Join(Environment.NewLine, mutual));
    }

    [Fact]
    public void A_dialect_is_known_to_the_dialects_alone()
    {
        var offenders =
            from file in Repository.SourceFiles()
            let path = Repository.Relative(file)
            where path.StartsWith(Modem, StringComparison.Ordinal)
                && !path.StartsWith(Modem + "Dialects/", StringComparison.Ordinal)
            from Match match in DialectName().Matches(File.ReadAllText(file))
            select $"{path}: {match.Value}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Nothing_is_decided_by_the_family_outside_of_the_dialects_and_the_identification()
    {
        var offenders =
            from file in Repository.SourceFiles()
            let path = Repository.Relative(file)
            where !path.StartsWith("src/Sim800.Simulator/", StringComparison.Ordinal)
                && !path.StartsWith(Modem + "Dialects/", StringComparison.Ordinal)
                && path != Modem + "BringUp/Identification.cs"
                && path != "src/Sim800.Cli/Options/LineOptions.cs" // the words of the option
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            from Match match in FamilyName().Matches(line)
            where !line.Contains("Enum.IsDefined(Family)", StringComparison.Ordinal)
            select $"{path}: {match.Value}";
        Assert.Empty(offenders);
    }

    /// <summary>
    /// A command (<c>AT+NAME</c>), a result code (<c>+NAME:</c>), or the name of a product. <c>+NAME</c> itself stands for any; <c>+CME</c>
    /// and <c>+CMS ERROR</c> are final results like <c>ERROR</c> (27.007 §9, 27.005 §3.2.5).
    /// </summary>
    [GeneratedRegex(
        @"[+*^](?!NAME\b|CM[ES] ERROR)[A-Z]{3,}\b|SIM(Com)?\d+\w*|Sim800(?!\.(Modem|Wording)\b|Stage)\w*",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ForeignName();

    /// <summary>Within a string: a command line, an extended result code, or one of the words of the IP application. The escape is V.250's.</summary>
    [GeneratedRegex(
        "\"[^\"]*(AT\\+|\\+[A-Z]{3,}|CONNECT|CLOSED?\\b|SEND|ACCEPT)[^\"]*\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommandOrResultCode();

    [GeneratedRegex(@"\b(Sim800|SimcomLte)(Commands|Urcs|Context|Dialect|Links|Bearer|Location|Ntp|Traits)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DialectName();

    /// <summary>A family by its name, or a decision on one.</summary>
    [GeneratedRegex(@"\bModemFamily\.\w+|\bFamily\s*(==|!=|is|switch)\b?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FamilyName();
}
