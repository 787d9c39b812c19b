using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>
/// The access point of context 1, with which an LTE network attaches the modem: a wrong one is refused before any data connection is asked for. The
/// modem keeps it, so it is written only when it is another one.
/// </summary>
internal static class AccessPoint
{
    private const string Type = "IP";

    /// <summary>Writes the access point if it is not the modem's own already, and attaches again then.</summary>
    /// <exception cref="GprsException">The modem refused it.</exception>
    internal static async Task PrepareAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken)
    {
        if (await WriteAsync(channel, options, cancellationToken).ConfigureAwait(false))
        {
            await AttachAgainAsync(channel, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Whether the modem had another one.</returns>
    /// <exception cref="GprsException">The modem refused it.</exception>
    internal static async Task<bool> WriteAsync(AtChannel channel, ModemOptions options, CancellationToken cancellationToken)
    {
        if (options.Apn is not { } apn)
        {
            return false;
        }

        var contexts = await channel.SendAsync(StandardCommands.Contexts, cancellationToken).ConfigureAwait(false);
        if (contexts.Information.Any(line => IsFirst(line, apn)))
        {
            return false;
        }

        var command = StandardCommands.Context(Type, apn);
        var response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        return response.FinalResult.IsSuccess ? true : throw GprsException.Of(new ModemFailure(Sim800Stage.Network, command, response));
    }

    /// <summary>The radio off and on: the network hears of the new access point when the modem registers anew.</summary>
    internal static async Task AttachAgainAsync(AtChannel channel, CancellationToken cancellationToken)
    {
        await channel.SendAsync(StandardCommands.RadioOff, cancellationToken).ConfigureAwait(false);
        await channel.SendAsync(StandardCommands.RadioOn, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads <c>+CGDCONT: 1,"IP","internet","0.0.0.0",0,0</c>; some networks add their own domain to the name.</summary>
    private static bool IsFirst(string line, string apn)
    {
        var fields = new AtArguments(Encoding.Latin1.GetBytes(line));
        return fields.TryReadInt(out var context) && fields.TryReadText(out var type) && fields.TryReadText(out var name)
            && context == 1
            && string.Equals(type, Type, StringComparison.OrdinalIgnoreCase)
            && (string.Equals(name, apn, StringComparison.OrdinalIgnoreCase) || name.StartsWith(apn + ".mnc", StringComparison.OrdinalIgnoreCase));
    }
}
