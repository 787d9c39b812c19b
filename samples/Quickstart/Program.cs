namespace Quickstart;

/// <summary>The README's first command.</summary>
internal static class Program
{
    internal static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = !stop.IsCancellationRequested; // say goodbye to the broker first; a second Ctrl-C ends at once
            stop.Cancel();
        };
        var hasColour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return await RunAsync(arguments, Console.Out, Console.Error, hasColour, stop.Token);
    }

    internal static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, bool hasColour, CancellationToken cancellationToken)
    {
        try
        {
            var options = QuickstartOptions.Parse(arguments);
            await output.WriteLineAsync(options.IsHelp
                ? QuickstartOptions.Usage
                : await DemonstrateAsync(options, new StageView(output, hasColour), cancellationToken));
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("interrupted");
            return 130;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException
            or TimeoutException or PlatformNotSupportedException)
        {
            await error.WriteLineAsync(e.Message); // what happened, and what to do about it
            return 1;
        }
    }

    private static async Task<string> DemonstrateAsync(QuickstartOptions options, StageView view, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "This program opens serial devices by path, which is for Linux: run it there, in WSL or in a container. docs/wiring.md tells of the others.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Patience);
        try
        {
            return await new Demo(options, view).RunAsync(patience.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"Not done after {options.Patience.TotalMinutes:0} minutes. Check that this user may publish and subscribe to {options.Topic}/#.", e);
        }
    }
}
