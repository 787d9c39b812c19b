using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sim800.Mqtt.Hosting;

namespace Sim800.Fuzz;

/// <summary>The section of appsettings.json, one <c>key=value</c> on a line: options that the client takes, or all that is wrong without a secret.</summary>
internal sealed class AppSettingsTarget : FuzzTarget, IDisposable
{
    private const string Secret = "a-secret-nobody-tells";

    private static readonly string[] Keys =
        [.. HostConfiguration.Keys.Where(key => !key.EndsWith("File", StringComparison.Ordinal) && !key.EndsWith("Folder", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static readonly string[] SecretKeys = ["Password", "ApnPassword", "Pin", "Tls:KeyPassword", "Tls:Psk"];
    private static readonly string[] Values = ["", "0", "1", "-1", "65535", "true", "00:00:05", "1.5", "NaN", "-Infinity", "Infinity", "1e3", "99999999999999999999", "x", "+1", " 1", "Wait", "Wait,Drop", "/mqtt", "a/b", "a/#", "\u20ac", "\0", "0a0b"];

    private readonly HostOptionsRules _rules = new();
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();

    internal override string Name => "appsettings";

    internal override int Inputs => 3_000;

    internal override long FixedBytes => 1024 * 1024;

    internal override long BytesPerByte => 8192;

    internal override int Longest => 2048;

    internal override IReadOnlyList<string> Words { get; } = ["\n", "=", ":", .. Values, .. Keys];

    internal override IReadOnlyList<string> Secrets { get; } = [Secret];

    internal override bool IsTyped(Exception exception) => exception is ArgumentException;

    public void Dispose() => _services.Dispose();

    internal override byte[] Generate(Dice dice) => Encoding.UTF8.GetBytes(
        "Device=/dev/ttyS0\nHost=broker.example\nClientId=c\n" + string.Join('\n', Enumerable.Range(0, dice.Small(1, 10)).Select(_ =>
            dice.OneIn(3) ? $"{dice.Of(SecretKeys)}={Secret}" : $"{dice.Of(Keys)}={dice.Of(Values)}")));

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var pairs = Encoding.UTF8.GetString(input).Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2 && !pair[0].Contains("File", StringComparison.OrdinalIgnoreCase) && !pair[0].Contains("Folder", StringComparison.OrdinalIgnoreCase))
            .Select(pair => KeyValuePair.Create("Sim800:" + pair[0], (string?)pair[1])).DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).ToList();
        var options = new Sim800MqttHostOptions();
        HostConfiguration.Read(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build().GetSection("Sim800"), options);
        var verdict = _rules.Validate(null, options);
        var isToldByKey = pairs.Any(pair => !SecretKeys.Contains(pair.Key["Sim800:".Length..], StringComparer.OrdinalIgnoreCase) && (pair.Key + pair.Value).Contains(Secret, StringComparison.Ordinal));
        if (!isToldByKey && verdict.FailureMessage?.Contains(Secret, StringComparison.Ordinal) == true)
        {
            throw new BrokenPropertyException(verdict.FailureMessage);
        }

        if (options.Reconnect.Jitter is not (null or (>= 0 and <= 0.5)))
        {
            throw new BrokenPropertyException($"jitter {options.Reconnect.Jitter}");
        }

        if (pairs.Exists(pair => pair.Key.EndsWith(":WhenOffline", StringComparison.OrdinalIgnoreCase) && pair.Value!.Any(letter => !char.IsAsciiLetter(letter))) && options.ConfigurationFailures.Count == 0)
        {
            throw new BrokenPropertyException("A policy that has no such name is taken.");
        }

        if (!verdict.Failed)
        {
            var client = ClientOptionsFactory.Create(_services, options);
            client.Validate();
            client.Mqtt.Validate();
        }

        return default;
    }
}
