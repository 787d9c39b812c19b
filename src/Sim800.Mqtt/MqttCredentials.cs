using System.Text;

namespace Sim800.Mqtt;

/// <summary>User name and password of CONNECT (MQTT 3.1.1 §3.1.3.4, §3.1.3.5). Never printed.</summary>
public sealed record MqttCredentials
{
    /// <summary>A user name with an optional password of text, sent as UTF-8.</summary>
    /// <exception cref="ArgumentException">The user name is not valid in MQTT, or the password is over 65,535 bytes.</exception>
    public MqttCredentials(string userName, string? password = null)
        : this(userName, password is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(password))
    {
    }

    /// <summary>A user name with a password of any bytes.</summary>
    /// <exception cref="ArgumentException">The user name is not valid in MQTT, or the password is over 65,535 bytes.</exception>
    public MqttCredentials(string userName, ReadOnlyMemory<byte>? password)
    {
        Codec.WireText.ThrowIfInvalid(userName, nameof(userName));
        if (password is { Length: > ushort.MaxValue })
        {
            throw new ArgumentException("A password has at most 65,535 bytes.", nameof(password));
        }

        UserName = userName;
        Password = password;
    }

    /// <summary>The user name; may be empty.</summary>
    public string UserName { get; }

    /// <summary>The password; null sends none.</summary>
    public ReadOnlyMemory<byte>? Password { get; }

    /// <summary>Says that there are credentials, and nothing of them.</summary>
    public override string ToString() => "MqttCredentials { *** }";
}
