namespace Quickstart;

/// <summary>The README's first command.</summary>
internal static class Program
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    internal static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource(Patience);
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true; // say goodbye to the broker first
            stop.Cancel();
        };
        return await RunAsync(arguments, Console.Out, hasColour: !Console.IsOutputRedirected, stop.Token);
    }

    internal static async Task<int> RunAsync(string[] arguments, TextWriter output, bool hasColour, CancellationToken cancellationToken)
    {
        try
        {
            var options = QuickstartOptions.Parse(arguments);
            var result = options.IsHelp
                ? QuickstartOptions.Usage
                : await new Demo(options, new StageView(output, hasColour)).RunAsync(cancellationToken);
            await output.WriteLineAsync(result);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync("interrupted");
            return 130;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            await output.WriteLineAsync(e.Message); // what happened, and what to do about it
            return 1;
        }
    }
}
