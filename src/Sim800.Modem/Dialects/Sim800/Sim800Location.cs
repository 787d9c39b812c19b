using System.Runtime.InteropServices;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>Asks the manufacturer's server for the position of the cells in range (<c>AT+CIPGSMLOC</c>).</summary>
internal static class Sim800Location
{
    internal static async Task<ModemCellLocation> ReadAsync(
        AtChannel channel, ModemOptions options, CancellationToken cancellationToken)
    {
        var bearer = await Sim800Bearer.OpenAsync(channel, options, cancellationToken).ConfigureAwait(false);
        await using (bearer.ConfigureAwait(false))
        {
            var (code, location, line) = await channel.AskAsync<Outcome>(
                Sim800Commands.LocateByCell, Sim800Stage.Gprs, TryRead, cancellationToken).ConfigureAwait(false);
            return code != ModemCellLocation.Found ? throw new ModemLocationException(code)
                : location.IsNowhere ? throw ModemLocationException.NoPosition(line)
                : location;
        }
    }

    private static bool TryRead(string line, out Outcome outcome)
    {
        var read = ModemCellLocation.TryRead(line, out var code, out var location);
        outcome = new Outcome(code, location, line);
        return read;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Outcome(int Code, ModemCellLocation Location, string Line);
}
