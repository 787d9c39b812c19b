using Microsoft.Extensions.Options;

namespace Sim800.Mqtt.Hosting;

/// <summary>Checks the options when the host starts, and names all that is wrong at once.</summary>
internal sealed class HostOptionsRules : IValidateOptions<Sim800MqttHostOptions>
{
    public ValidateOptionsResult Validate(string? name, Sim800MqttHostOptions options)
    {
        var failures = new List<string>();
        Require(options.Device.Length > 0, "Device is missing: the path of the modem's serial device, such as /dev/ttyUSB0.");
        Require(options.Host.Length > 0, "Host is missing: the MQTT server's name.");
        Require(options.Port is >= 1 and <= 65535, "Port is 1 to 65535.");
        Require(options.BaudRate > 0, "BaudRate is positive.");
        Require(options.Password.Length == 0 || options.UserName.Length > 0, "A Password needs a UserName [MQTT-3.1.2-22].");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool isMet, string failure)
        {
            if (!isMet)
            {
                failures.Add($"Sim800MqttHostOptions.{failure}");
            }
        }
    }
}
