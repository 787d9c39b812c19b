using System.Text;

namespace Sim800.Cli.Monitor;

/// <summary>Shows one snapshot after the other, a second apart: on a screen of a terminal, else in lines or JSON.</summary>
internal sealed class MonitorDisplay(MonitorOutput output)
{
    private const string EnterScreen = "\e[?1049h\e[?25l";
    private const string LeaveScreen = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EraseRestOfLine = "\e[K";
    private const string EraseRestOfScreen = "\e[J";
    private const int SecondsPerLine = 10;

    private int _second;

    internal Task EnterAsync() => output.WriteAsync(output.IsScreen ? EnterScreen : "");

    internal Task LeaveAsync() => output.WriteAsync(output.IsScreen ? LeaveScreen : "");

    internal Task ShowAsync(MonitorSnapshot snapshot)
    {
        var isLineDue = _second++ % SecondsPerLine == 0;
        return output switch
        {
            { IsScreen: true } => output.WriteAsync(Screen(snapshot)),
            { IsJson: true } => output.WriteAsync(snapshot.ToJson() + "\n"),
            _ => isLineDue ? output.WriteAsync(snapshot.ToLine() + "\n") : Task.CompletedTask,
        };
    }

    private string Screen(MonitorSnapshot snapshot)
    {
        var (width, height) = output.Size();
        var screen = new StringBuilder(Home);
        var lines = MonitorView.Draw(snapshot, width, height, output.HasColour);
        for (var i = 0; i < lines.Length; i++)
        {
            screen.Append(lines[i]).Append(EraseRestOfLine).Append(i < lines.Length - 1 ? "\r\n" : "");
        }

        return screen.Append(EraseRestOfScreen).ToString();
    }
}

/// <summary>Where a monitor goes.</summary>
/// <param name="WriteAsync">Writes text at once.</param>
/// <param name="Size">Columns and lines of the screen.</param>
/// <param name="IsScreen">It is a terminal, and drawn over.</param>
/// <param name="HasColour">It shows colour.</param>
/// <param name="IsJson">One object a second.</param>
internal sealed record MonitorOutput(Func<string, Task> WriteAsync, Func<(int Width, int Height)> Size, bool IsScreen, bool HasColour, bool IsJson)
{
    /// <summary>Standard output, for a monitor that is the one result there is.</summary>
    internal static MonitorOutput Alone(CliHost host, bool isJson)
    {
        var isScreen = host.HasTerminal && !isJson;
        var hasColour = isScreen && string.IsNullOrEmpty(host.Variable("NO_COLOR"));
        return new MonitorOutput(WriteToOutputAsync, host.ScreenSize, isScreen, hasColour, isJson);

        async Task WriteToOutputAsync(string text)
        {
            await host.Output.WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
            await host.Output.FlushAsync().ConfigureAwait(false);
        }
    }
}
