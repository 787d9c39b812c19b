using Microsoft.Extensions.Hosting;

namespace Sim800.Mqtt.Hosting;

/// <summary>Connects when the host starts, and says DISCONNECT when it stops.</summary>
internal sealed class ModemConnectionService(ClientHolder holder) : BackgroundService
{
    private const int FailureExitCode = 1;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await holder.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The client keeps itself connected; what ends it for good is the host's to know, as its own background exception policy says.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await holder.Client.Completion.WaitAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // the host stops
        }
        catch when (Environment.ExitCode == 0)
        {
            // A host that stops because a service failed ends its program with 0, which a service manager takes for work that is done.
            Environment.ExitCode = FailureExitCode;
            throw;
        }
    }
}
