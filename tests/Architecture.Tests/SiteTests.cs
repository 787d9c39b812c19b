using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>docs/site/toc.yml leads to every page, docs/adr/index.md to every decision, and each type that one begins with has an example.</summary>
public sealed partial class SiteTests
{
    private static readonly string Docs = Checkout.PathOf("docs");

    [Fact]
    public void Every_page_of_docs_is_in_the_sites_table_of_contents()
    {
        var listed = Reference().Matches(File.ReadAllText(Path.Combine(Docs, "site", "toc.yml")))
            .Select(entry => Path.GetFullPath(Path.Combine(Docs, "site", entry.Groups["page"].Value)))
            .ToHashSet(StringComparer.Ordinal);
        var pages = Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories)
            .Where(page => Path.GetFileName(Path.GetDirectoryName(page)) is not ("adr" or "site"));
        Assert.Empty(pages.Where(page => !listed.Contains(page)).Select(Repository.Relative));
    }

    [Fact]
    public void Every_decision_is_in_the_list_of_decisions_with_its_title()
    {
        var list = File.ReadAllText(Path.Combine(Docs, "adr", "index.md"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Docs, "adr"), "0*.md"))
        {
            var title = File.ReadLines(file).First().TrimStart('#', ' ');
            Assert.Contains($"- [{title}]({Path.GetFileName(file)})", list, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Sim800.Mqtt/Composition/Sim800MqttClient.cs")]
    [InlineData("Sim800.Mqtt/MqttClient.cs")]
    [InlineData("Sim800.Mqtt/WebSockets/MqttWebSocketConnection.cs")]
    [InlineData("Sim800.Mqtt.Hosting/Sim800MqttServiceCollectionExtensions.cs")]
    [InlineData("Sim800.Mqtt.Sqlite/MqttSqliteSessionStore.cs")]
    [InlineData("Sim800.Tls/TlsConnection.cs")]
    [InlineData("Sim800.Tls/Trust/TlsTrust.cs")]
    [InlineData("Sim800.Modem/CellularModem.cs")]
    [InlineData("Sim800.Modem/ModemTcpConnection.cs")]
    [InlineData("Sim800.Modem.SerialPort/SerialPortLine.cs")]
    [InlineData("Sim800.Simulator/VirtualModem.cs")]
    [InlineData("Sim800.Simulator/Broker/LoopbackBroker.cs")]
    public void A_type_that_one_begins_with_has_an_example(string file)
    {
        var source = File.ReadAllText(Checkout.PathOf("src", file));
        Assert.Matches(Example(), source);
    }

    [GeneratedRegex(@"href: (?<page>[^ }]+\.md)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reference();

    /// <summary>In the comment of the type; what is in it is compiled by .ci/packages.</summary>
    [GeneratedRegex(@"^/// <code>\n(/// .+\n)+/// </code>\n/// </example>\npublic ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Example();
}
