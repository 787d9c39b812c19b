using Sim800.Modem;
using Sim800.Tls;
using Sim800.Wording;

namespace Sim800.Mqtt;

/// <summary>Base of everything that can go wrong with an MQTT connection.</summary>
public abstract class MqttException : IOException
{
    private protected MqttException(string happened, MqttRemedy remedy, Exception? inner = null)
        : base($"{VisibleText.Of(happened)} {TextOf(remedy, inner)}", inner) => (Happened, Remedy) = (VisibleText.Of(happened), remedy);

    /// <summary>What happened, without the remedy: one sentence, the beginning of <see cref="Exception.Message"/>.</summary>
    public string Happened { get; }

    /// <summary>What to do about it; <see cref="MqttRemedy.OfCause"/> where the inner exception knows.</summary>
    public MqttRemedy Remedy { get; }

    /// <summary>What to do about it in the terms of this library: one sentence or two, the end of <see cref="Exception.Message"/>.</summary>
    public string RemedyText => TextOf(Remedy, InnerException);

    /// <summary>What happened in any layer, without the remedy.</summary>
    private protected static string HappenedOf(Exception cause) => cause switch
    {
        MqttException mqtt => mqtt.Happened,
        TlsException tls => tls.Happened,
        ModemException modem => modem.Happened,
        _ => cause.Message,
    };

    /// <summary>A cause of any layer that has a remedy keeps it.</summary>
    private protected static MqttRemedy RemedyOf(Exception? cause) => cause switch
    {
        MqttException mqtt => mqtt.Remedy,
        TlsException or ModemException => MqttRemedy.OfCause,
        _ => MqttRemedy.ConnectAgain,
    };

    private static string TextOf(MqttRemedy remedy, Exception? cause) => (remedy, cause) switch
    {
        (MqttRemedy.OfCause, MqttException mqtt) => mqtt.RemedyText,
        (MqttRemedy.OfCause, TlsException tls) => tls.RemedyText,
        (MqttRemedy.OfCause, ModemException modem) => modem.RemedyText,
        _ => MqttRemedyText.Of(remedy),
    };
}
