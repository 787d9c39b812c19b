using Sim800.Cli.Diagnosis;

namespace Sim800.Cli.Tests.Diagnosis;

public sealed class AdapterLatencyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-latency-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(17.2, "16\n", true)]
    [InlineData(17.2, "1\n", false)]
    [InlineData(3.0, "16\n", false)]
    [InlineData(17.2, "no number", false)]
    public void A_timer_that_every_command_waits_for_is_named(double milliseconds, string content, bool isNamed)
    {
        var adapter = _folder.CreateSubdirectory("ttyUSB7").FullName;
        File.WriteAllText(Path.Combine(adapter, "latency_timer"), content);
        var timer = AdapterLatency.TimerOf("/dev/ttyUSB7", _folder.FullName);
        Assert.Equal(Path.Combine(adapter, "latency_timer"), timer);
        var note = AdapterLatency.Note(TimeSpan.FromMilliseconds(milliseconds), timer);
        Assert.Equal(isNamed, note is not null);
        Assert.True(!isNamed || (note!.Contains($"sudo tee {timer}", StringComparison.Ordinal) && note.Contains("17.2 ms", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_link_to_the_device_leads_to_its_adapter_and_a_port_without_a_timer_to_nothing()
    {
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("ttyUSB7").FullName, "latency_timer"), "16");
        var device = Path.Combine(_folder.CreateSubdirectory("dev").FullName, "ttyUSB7");
        File.WriteAllText(device, "");
        var link = Path.Combine(_folder.FullName, "modem");
        File.CreateSymbolicLink(link, device);
        Assert.NotNull(AdapterLatency.TimerOf(link, _folder.FullName));
        Assert.Null(AdapterLatency.TimerOf("/dev/ttyS0", _folder.FullName));
        Assert.Null(AdapterLatency.Note(TimeSpan.FromMilliseconds(20), timer: null));
    }
}
