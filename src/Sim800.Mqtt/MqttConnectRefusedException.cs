namespace Sim800.Mqtt;

/// <summary>The server answered CONNECT with a refusal.</summary>
public sealed class MqttConnectRefusedException : MqttException
{
    internal MqttConnectRefusedException(MqttConnectReturnCode returnCode)
        : base(MessageFor(returnCode), RemedyFor(returnCode)) => ReturnCode = returnCode;

    /// <summary>The server's reason.</summary>
    public MqttConnectReturnCode ReturnCode { get; }

    private static string MessageFor(MqttConnectReturnCode code) => code switch
    {
        MqttConnectReturnCode.UnacceptableProtocolVersion => "The server refuses MQTT 3.1.1 (return code 1).",
        MqttConnectReturnCode.IdentifierRejected => "The server refuses the client id (return code 2).",
        MqttConnectReturnCode.ServerUnavailable => "The server is not available (return code 3).",
        MqttConnectReturnCode.BadUserNameOrPassword => "The server refuses the user name or password (return code 4).",
        _ => "The server says this client is not authorized (return code 5).",
    };

    private static string RemedyFor(MqttConnectReturnCode code) => code switch
    {
        MqttConnectReturnCode.UnacceptableProtocolVersion => "Enable MQTT 3.1.1 on the server.",
        MqttConnectReturnCode.IdentifierRejected =>
            "Choose another client id: 1 to 23 letters and digits are always allowed, and an empty one only with a clean session.",
        MqttConnectReturnCode.ServerUnavailable => "Try again later.",
        MqttConnectReturnCode.BadUserNameOrPassword => "Check the credentials in the server's access management.",
        _ => "Check user name and password, for many servers answer a wrong one, or none, in this way, and that this user and client id may connect.",
    };
}
