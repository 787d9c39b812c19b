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

    private static MqttRemedy RemedyFor(MqttConnectReturnCode code) => code switch
    {
        MqttConnectReturnCode.UnacceptableProtocolVersion => MqttRemedy.EnableMqtt311,
        MqttConnectReturnCode.IdentifierRejected =>
            MqttRemedy.ChooseClientId,
        MqttConnectReturnCode.ServerUnavailable => MqttRemedy.TryLater,
        MqttConnectReturnCode.BadUserNameOrPassword => MqttRemedy.CheckCredentials,
        _ => MqttRemedy.CheckAuthorization,
    };
}
