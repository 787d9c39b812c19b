using Microsoft.Extensions.Options;

namespace Sim800.Mqtt.Hosting;

/// <summary>Checks the options when the host starts, and names all that is wrong at once.</summary>
internal sealed class HostOptionsRules : IValidateOptions<Sim800MqttHostOptions>
{
    public ValidateOptionsResult Validate(string? name, Sim800MqttHostOptions options)
    {
        var failures = new List<string>(options.ConfigurationFailures);
        Require(options.Device.Length > 0, "Device", "is missing: the modem's serial device, such as /dev/ttyUSB0.");
        Require(options.Host.Length > 0, "Host", "is missing: the MQTT server's name.");
        Require(options.Port is >= 1 and <= 65535, "Port", "is 1 to 65535.");
        Require(options.BaudRate > 0, "BaudRate", "is positive.");
        Require(options.Password.Length == 0 || options.UserName.Length > 0, "Password", "needs a UserName [MQTT-3.1.2-22].");
        Require(options.CleanSession is not false || options.ClientId.Length > 0, "ClientId", "is missing: a session that is kept has one [MQTT-3.1.3-7].");
        Require(options.Will.Topic.AsSpan().IndexOfAny('+', '#') < 0, "Will:Topic", "is a topic name, without the wildcards '+' and '#'.");
        Require(options.Will.Topic.Length > 0 || options.Will.Payload.Length == 0, "Will:Topic", "is missing: where the will is published.");
        Require(options.Tls.CertificateFile.Length > 0 || options.Tls.KeyFile.Length == 0, "Tls:CertificateFile", "is missing: a KeyFile belongs to one.");
        Require(options.WebSocketPath.StartsWith('/'), "WebSocketPath", "begins with a slash.");
        if (options.Host.Length > 0)
        {
            HostTls.Create(options, (key, failure) => Require(false, key, failure));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool isMet, string key, string failure)
        {
            if (!isMet)
            {
                failures.Add($"{options.NameOf(key)} {failure}");
            }
        }
    }
}
