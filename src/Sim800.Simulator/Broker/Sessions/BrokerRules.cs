using System.Security.Cryptography;
using System.Text;
using Sim800.Simulator.Broker.Codec;

namespace Sim800.Simulator.Broker.Sessions;

/// <summary>Who may connect and subscribe, as <see cref="LoopbackBrokerOptions"/> say.</summary>
internal sealed class BrokerRules(LoopbackBrokerOptions options)
{
    private int _assigned;

    /// <summary>Refuses as mosquitto and HiveMQ do: "not authorized" for missing and for wrong credentials alike.</summary>
    internal ConnectRefusal Judge(in ConnectRequest request)
    {
        if (!request.IsSupportedVersion)
        {
            return ConnectRefusal.UnacceptableProtocolVersion;
        }

        if (request.ClientId.Length == 0 && !request.CleanSession)
        {
            return ConnectRefusal.IdentifierRejected; // §3.1.3-8
        }

        if (options.IsUnavailable)
        {
            return ConnectRefusal.ServerUnavailable;
        }

        return IsAuthorized(request) ? ConnectRefusal.None : ConnectRefusal.NotAuthorized;
    }

    internal string NewClientId() => $"assigned-{++_assigned}";

    internal bool MaySubscribe(string clientId, string filter) => options.MaySubscribe?.Invoke(clientId, filter) ?? true;

    internal bool HangsUpOn(string clientId, Application message) => options.HangsUpOn?.Invoke(Shown(clientId, message)) ?? false;

    internal void OnPublished(string clientId, Application message) => options.OnPublished?.Invoke(Shown(clientId, message));

    private static LoopbackMessage Shown(string clientId, Application message) =>
        new(clientId, message.Topic, message.Payload, message.QoS, message.Retain);

    private bool IsAuthorized(in ConnectRequest request)
    {
        if (options.UserName is null)
        {
            return true;
        }

        var password = Encoding.UTF8.GetBytes(options.Password ?? string.Empty);
        return string.Equals(request.UserName, options.UserName, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals((request.Password ?? default).Span, password);
    }
}

/// <summary>The return codes of CONNACK the broker uses (MQTT 3.1.1 §3.2.2.3).</summary>
internal enum ConnectRefusal : byte
{
    None = 0,
    UnacceptableProtocolVersion = 1,
    IdentifierRejected = 2,
    ServerUnavailable = 3,
    NotAuthorized = 5,
}
