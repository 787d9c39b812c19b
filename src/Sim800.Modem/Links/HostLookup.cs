using System.Net;
using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Links;

/// <summary>
/// Tells, after a CONNECT FAIL, a host that does not exist from one that does not listen: the modem itself says the same to both.
/// </summary>
internal sealed class HostLookup(AtChannel channel)
{
    private static readonly AtPattern Unknown = "+CDNSGIP:0,8";

    internal async Task<TcpConnectReason> WhyAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return TcpConnectReason.Failed;
        }

        var response = await channel.SendAsync(Sim800Commands.Resolve(host), cancellationToken).ConfigureAwait(false);
        return Unknown.Matches(Encoding.Latin1.GetBytes(response.Final)) ? TcpConnectReason.HostNotFound : TcpConnectReason.Failed;
    }
}
