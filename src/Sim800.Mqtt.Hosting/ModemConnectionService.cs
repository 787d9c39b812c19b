using Microsoft.Extensions.Hosting;

namespace Sim800.Mqtt.Hosting;

/// <summary>Connects when the host starts, and says DISCONNECT when it stops.</summary>
internal sealed class ModemConnectionService(ClientHolder holder) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await holder.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The client keeps itself connected; what ends it for good is the host's to know, as its own background exception policy says.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var client = holder.Client;
        try
        {
            await client.Completion.WaitAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // the host stops
        }
    }
}
