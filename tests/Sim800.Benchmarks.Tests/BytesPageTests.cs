using System.Globalization;
using Sim800.Benchmarks.Link;
using Sim800.Mqtt;
using TestKit;

namespace Sim800.Benchmarks.Tests;

/// <summary>The figures of docs/bytes.md are those of the benchmark.</summary>
public sealed class BytesPageTests
{
    private const int Burst = 3_000;
    private const int SecondsOfMonth = 30 * 24 * 60 * 60;

    private static readonly LinkConditions Line = new(115_200, TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(5));
    private static readonly Lazy<string[]> Page = new(() => File.ReadAllLines(Checkout.PathOf("docs", "bytes.md")));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Plain")]
    [InlineData("Tls12")]
    [InlineData("Tls13")]
    public async Task A_message_costs_what_the_page_says(string security)
    {
        var kind = Enum.Parse<LinkSecurity>(security);
        for (var qos = 0; qos <= 2; qos++)
        {
            var counts = (await LinkScenarios.OneMessageAsync(Line, kind, (MqttQoS)qos, Ct)).Counts;
            AssertRow(LinkNames.Of(kind), qos, counts.TcpBytesSent, counts.TcpBytesReceived, counts.TcpBytesSent + counts.TcpBytesReceived);
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(4)]
    public async Task A_topic_costs_what_the_page_says(int length)
    {
        await using var rig = new LinkRig(Line, LinkSecurity.Plain);
        await using var client = await rig.ConnectAsync(Ct);
        var arrived = rig.NextArrivalAsync();
        var (_, counts) = await rig.MeasureAsync(async () =>
        {
            await client.PublishAsync(new string('t', length), new byte[12], cancellationToken: Ct);
            await arrived;
        });
        AssertRow($"{length} bytes", counts.TcpBytesSent);
    }

    [Fact]
    public async Task A_burst_costs_what_the_page_says()
    {
        var together = (await ThroughputScenarios.SustainedPublishAsync(Line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, Burst, Ct)).Counts;
        AssertRow(
            "in a burst", together.TcpBytesSent / Burst, together.TcpBytesReceived / Burst, (together.TcpBytesSent + together.TcpBytesReceived) / Burst);
        var one = (await LinkScenarios.OneMessageAsync(Line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, Ct)).Counts;
        AssertRow("one by one", one.TcpBytesSent, one.TcpBytesReceived, one.TcpBytesSent + one.TcpBytesReceived);
    }

    /// <summary>A signature is some bytes longer or shorter each time.</summary>
    [Theory]
    [InlineData("Plain", false)]
    [InlineData("Tls12", false)]
    [InlineData("Tls12", true)]
    [InlineData("Tls13", false)]
    [InlineData("Tls13", true)]
    [InlineData("EcdhePsk", false)]
    public async Task A_connection_costs_about_what_the_page_says(string security, bool resumed)
    {
        var kind = Enum.Parse<LinkSecurity>(security);
        var name = LinkNames.Of(kind, resumed);
        var counts = (await LinkScenarios.FirstPubAckAsync(Line, kind, resumed, Ct)).Counts;
        var row = Page.Value.Select(Cells).Single(cells => cells.Length == 3 && cells[0] == name);
        AssertAbout(Number(row[1]), counts.TcpBytesSent);
        AssertAbout(Number(row[2]), counts.TcpBytesReceived);
    }

    [Fact]
    public async Task A_day_of_keep_alive_costs_what_the_page_says()
    {
        var counts = (await LinkScenarios.IdleDayAsync(Line, LinkSecurity.Tls12, Ct)).Counts;
        Assert.Contains($"{counts.TcpBytesSent} bytes up and {counts.TcpBytesReceived} down", string.Join(' ', Page.Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_costs_what_the_page_says()
    {
        var costs = new List<long>();
        for (var qos = 0; qos <= 2; qos++)
        {
            var counts = (await LinkScenarios.OneMessageAsync(Line, LinkSecurity.Tls12, (MqttQoS)qos, Ct)).Counts;
            costs.Add(counts.TcpBytesSent + counts.TcpBytesReceived);
        }

        foreach (var (name, seconds) in new[] { ("2 s", 2), ("1 min", 60), ("10 min", 600) })
        {
            AssertRow([name, .. costs.Select(cost => (object)Text(SecondsOfMonth / seconds * cost / 1e6))]);
        }
    }

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static void AssertAbout(long said, long measured) => Assert.InRange(measured, said - (said / 50) - 4, said + (said / 50) + 4);

    private static void AssertRow(params object[] cells)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
        Assert.Contains(row, Page.Value);
    }

    private static string[] Cells(string line) => line.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
