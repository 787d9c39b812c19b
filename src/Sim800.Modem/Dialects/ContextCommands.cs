using System.Runtime.InteropServices;
using Sim800.Modem.At;
using Sim800.Modem.Reporting;

namespace Sim800.Modem.Dialects;

/// <summary>
/// What a dialect brings up the data connection with: it sends commands and turns a refusal into the exception that explains it.
/// </summary>
/// <param name="channel">The modem.</param>
/// <param name="options">The access point, and how links are to be used.</param>
/// <param name="progress">Told what is waited for.</param>
/// <param name="readStateAsync">Asks what state a modem is in that has refused a command.</param>
internal sealed class ContextCommands(
    AtChannel channel, Sim800ModemOptions options, ProgressReport progress, Func<CancellationToken, Task<string?>> readStateAsync)
{
    internal Sim800ModemOptions Options => options;

    /// <summary>Says what is waited for.</summary>
    internal void Report(string waitsFor) => progress.Wait(Sim800Stage.Gprs, waitsFor);

    /// <returns>Whether the modem accepted the command.</returns>
    internal async Task<bool> IsAcceptedAsync(AtCommand command, CancellationToken cancellationToken) =>
        (await channel.SendAsync(command, cancellationToken).ConfigureAwait(false)).FinalResult.IsSuccess;

    /// <exception cref="GprsException">The modem refused the command.</exception>
    internal async Task<AtResponse> RequireAsync(AtCommand command, CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        return response.FinalResult.IsSuccess
            ? response
            : throw GprsException.Of(new ModemFailure(
                Sim800Stage.Gprs, command, response, await readStateAsync(cancellationToken).ConfigureAwait(false)));
    }
}

/// <summary>The state of the modem's IP stack.</summary>
/// <param name="Text">In the manual's words; <c>null</c> when the modem does not say.</param>
/// <param name="IsUp">Whether links can be opened.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContextState(string? Text, bool IsUp);
