using System.Runtime.InteropServices;
using Sim800.Modem.At;
using Sim800.Modem.Bearer;

namespace Sim800.Modem.Location;

/// <summary>Asks the manufacturer's server where the cells are that the modem hears.</summary>
internal static class LocationQuery
{
    internal static async Task<CellLocation> RunAsync(Sim800Modem modem, CancellationToken cancellationToken)
    {
        var bearer = await BearerSession.OpenAsync(modem, cancellationToken).ConfigureAwait(false);
        await using (bearer.ConfigureAwait(false))
        {
            var (code, location) = await AtQuery.AskAsync<Outcome>(
                modem, Sim800UserCommands.CellLocation, Sim800Stage.Gprs, TryRead, cancellationToken).ConfigureAwait(false);
            return code == CellLocation.Found ? location : throw new LocationException(code);
        }
    }

    private static bool TryRead(string line, out Outcome outcome)
    {
        var read = CellLocation.TryRead(line, out var code, out var location);
        outcome = new Outcome(code, location);
        return read;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Outcome(int Code, CellLocation Location);
}
