using System.Runtime.InteropServices;
using Sim800.Modem.At;
using Sim800.Modem.Known;
using Sim800.Modem.Reporting;

namespace Sim800.Modem.Dialects;

/// <summary>
/// What a dialect brings up the data connection with: it sends commands and turns a refusal into the exception that explains it.
/// </summary>
/// <param name="channel">The modem.</param>
/// <param name="dialect">Its family.</param>
/// <param name="options">The access point, and how links are to be used.</param>
/// <param name="progress">Told what is waited for.</param>
/// <param name="memory">What is known of the modem.</param>
/// <param name="readStateAsync">Asks what state a modem is in that has refused a command.</param>
internal sealed class ContextCommands(
    AtChannel channel, IModemDialect dialect, ModemOptions options, ProgressReport progress, ModemMemory memory, Func<CancellationToken, Task<string?>> readStateAsync)
{
    /// <summary>Before a command that was refused without a cause is sent again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    internal ModemOptions Options => options;

    /// <summary>What is known of the modem from earlier starts, and is learnt in this one.</summary>
    internal ModemMemory Memory => memory;

    internal TimeProvider Clock => options.TimeProvider;

    /// <summary>Whether a command without an answer has left the line in step, so that the modem can be asked what has become of it.</summary>
    internal bool IsInStep => channel.IsInStep;

    /// <summary>Says what is waited for.</summary>
    internal void Report(string waitsFor) => progress.Wait(Sim800Stage.Gprs, waitsFor);

    /// <summary>Sends a command whose refusal the dialect understands itself.</summary>
    internal ValueTask<AtResponse> SendAsync(AtCommand command, CancellationToken cancellationToken) => channel.SendAsync(command, cancellationToken);

    /// <summary>Asks for the state of the IP stack.</summary>
    internal Task<ContextState> ReadStateAsync(CancellationToken cancellationToken) => dialect.ReadStateAsync(channel, cancellationToken);

    /// <returns>Whether the modem accepted the command.</returns>
    internal async Task<bool> IsAcceptedAsync(AtCommand command, CancellationToken cancellationToken) =>
        (await channel.SendAsync(command, cancellationToken).ConfigureAwait(false)).FinalResult.IsSuccess;

    /// <summary>Sends an idempotent command; one that is refused without a cause is sent once more.</summary>
    /// <exception cref="GprsException">The modem refused the command.</exception>
    internal async Task<AtResponse> RequireAsync(AtCommand command, CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        if (!response.FinalResult.IsSuccess && IsWithoutCause(response))
        {
            await Task.Delay(Pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }

        return response.FinalResult.IsSuccess
            ? response
            : throw Refused(command, response, await readStateAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Sends a command that takes the IP stack from one state to the next and must not be sent twice. When its answer was lost, or is a
    /// refusal without a cause, the state tells what has become of it; where nothing has, it is sent once more.
    /// </summary>
    /// <exception cref="GprsException">The modem refused the command, or the network did.</exception>
    /// <exception cref="AtTimeoutException">The modem does not answer.</exception>
    internal async Task AdvanceAsync(ContextStep step, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            AtResponse response = default;
            AtTimeoutException? lost = null;
            try
            {
                response = await channel.SendAsync(step.Command, cancellationToken).ConfigureAwait(false);
                if (response.FinalResult.IsSuccess)
                {
                    return;
                }
            }
            catch (AtTimeoutException e) when (channel.IsInStep)
            {
                lost = e;
            }

            var state = await AwaitEndAsync(step, cancellationToken).ConfigureAwait(false);
            if (string.Equals(state, step.After, StringComparison.Ordinal))
            {
                return;
            }

            if (attempt > 1 || !string.Equals(state, step.Before, StringComparison.Ordinal) || (lost is null && !IsWithoutCause(response)))
            {
                throw lost ?? (Exception)Refused(step.Command, response, state);
            }

            await Task.Delay(Pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsWithoutCause(in AtResponse response) => response.FinalResult.CmeError is null;

    /// <summary>The exception that explains a refusal.</summary>
    internal static GprsException Refused(AtCommand command, in AtResponse response, string? state) =>
        GprsException.Of(new ModemFailure(Sim800Stage.Gprs, command, response, state));

    /// <returns>The state in which the command has left the IP stack.</returns>
    private async Task<string?> AwaitEndAsync(ContextStep step, CancellationToken cancellationToken)
    {
        var started = options.TimeProvider.GetTimestamp();
        while (true)
        {
            var state = await readStateAsync(cancellationToken).ConfigureAwait(false);
            if (!string.Equals(state, step.During, StringComparison.Ordinal) || options.TimeProvider.GetElapsedTime(started) >= step.Command.Timeout)
            {
                return state;
            }

            await Task.Delay(Pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>A command that takes the IP stack from one state to the next; the states are in the manual's words.</summary>
/// <param name="Command">The command.</param>
/// <param name="Before">In this state nothing has become of it.</param>
/// <param name="During">In this state it is being carried out.</param>
/// <param name="After">In this state it has succeeded.</param>
internal sealed record ContextStep(AtCommand Command, string Before, string? During, string After);

/// <summary>The state of the modem's IP stack.</summary>
/// <param name="Text">In the manual's words; <c>null</c> when the modem does not say.</param>
/// <param name="IsUp">Whether links can be opened.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContextState(string? Text, bool IsUp);
