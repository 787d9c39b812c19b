using System.CommandLine;
using System.Globalization;

namespace Sim800.Cli.Options;

/// <summary><c>--connect-timeout</c> of the verbs that go each step once.</summary>
internal sealed class ConnectTimeoutOption
{
    private readonly Option<double?> _seconds = new("--connect-timeout")
    {
        Description = "Seconds for the way from the device to the connection; without it each step has a limit of its own.",
        HelpName = "SECONDS",
    };

    internal void AddTo(Command command) => command.Add(_seconds);

    /// <returns><c>null</c> when it was not given.</returns>
    internal TimeSpan? Read(ParseResult result) => result.Seconds(_seconds, most: 86_400);

    /// <exception cref="IOException">The time was over first.</exception>
    internal static Task RunAsync(TimeSpan? timeout, TimeProvider clock, Func<CancellationToken, Task> connect, CancellationToken cancellationToken) =>
        RunAsync(
            timeout,
            clock,
            async stopping =>
            {
                await connect(stopping).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <exception cref="IOException">The time was over first.</exception>
    internal static async Task<T> RunAsync<T>(
        TimeSpan? timeout, TimeProvider clock, Func<CancellationToken, Task<T>> connect, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await connect(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException(
                string.Create(CultureInfo.InvariantCulture, $"There was no connection within {timeout!.Value.TotalSeconds:0.#} s. Allow more with --connect-timeout, or check the coverage."), e);
        }
    }
}
