using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Sim800.Modem;
using Sim800.Tls;
using Sim800.Wording;

namespace Sim800.Mqtt.Hosting;

/// <summary>
/// Reads a configuration section into the options by a table. What cannot be taken is named with its key, its value unless that is secret,
/// and what is allowed; a key that is not in the table is a typing error, with the nearest one as advice.
/// </summary>
internal static class HostConfiguration
{
    private const int FarthestTypo = 3;
    private const int Day = 24 * 60 * 60;
    private const int LongestKeepAlive = 65_535;

    private static readonly FrozenDictionary<string, Setting> Settings = new (string Key, Setting Setting)[]
    {
        ("Device", Text((o, v) => o.Device = v)),
        ("Host", Text((o, v) => o.Host = v)),
        ("Port", Number(1, 65_535, (o, v) => o.Port = v)),
        ("UseTls", Switch((o, v) => o.UseTls = v)),
        ("UseWebSocket", Switch((o, v) => o.UseWebSocket = v)),
        ("WebSocketPath", Text((o, v) => o.WebSocketPath = v)),
        ("ClientId", Text((o, v) => o.ClientId = v)),
        ("CleanSession", Switch((o, v) => o.CleanSession = v)),
        ("KeepAlive", Duration(0, LongestKeepAlive, (o, v) => o.KeepAlive = v)),
        ("UserName", Text((o, v) => o.UserName = v)),
        ("Password", Secret((o, v) => o.Password = v)),
        ("Apn", Text((o, v) => o.Apn = v)),
        ("ApnUser", Text((o, v) => o.ApnUser = v)),
        ("ApnPassword", Secret((o, v) => o.ApnPassword = v)),
        ("Pin", Secret((o, v) => o.Pin = v)),
        ("Family", Choice<ModemFamily>((o, v) => o.Family = v)),
        ("BaudRate", Number(1200, 4_000_000, (o, v) => o.BaudRate = v)),
        ("HardwareFlowControl", Switch((o, v) => o.HardwareFlowControl = v)),
        ("StateFolder", Text((o, v) => o.StateFolder = v)),
        ("ConnectTimeout", Duration(1, Day, (o, v) => o.ConnectTimeout = v)),
        ("WhenOffline", Choice<MqttOfflinePolicy>((o, v) => o.WhenOffline = v)),
        ("Tls:CaFile", Text((o, v) => o.Tls.CaFile = v)),
        ("Tls:PinnedKey", Text((o, v) => o.Tls.PinnedKey = v)),
        ("Tls:CertificateFile", Text((o, v) => o.Tls.CertificateFile = v)),
        ("Tls:KeyFile", Text((o, v) => o.Tls.KeyFile = v)),
        ("Tls:KeyPassword", Secret((o, v) => o.Tls.KeyPassword = v)),
        ("Tls:PskIdentity", Text((o, v) => o.Tls.PskIdentity = v)),
        ("Tls:Psk", Secret((o, v) => o.Tls.Psk = v)),
        ("Tls:Engine", Choice<TlsEngine>((o, v) => o.Tls.Engine = v)),
        ("Tls:Preference", Choice<TlsPreference>((o, v) => o.Tls.Preference = v)),
        ("Tls:SessionFolder", Text((o, v) => o.Tls.SessionFolder = v)),
        ("Tls:DangerousAcceptAnyCertificate", Switch((o, v) => o.Tls.DangerousAcceptAnyCertificate = v)),
        ("Will:Topic", Text((o, v) => o.Will.Topic = v)),
        ("Will:Payload", Text((o, v) => o.Will.Payload = v)),
        ("Will:QoS", Number(0, 2, (o, v) => o.Will.QoS = (MqttQoS)v)),
        ("Will:Retain", Switch((o, v) => o.Will.Retain = v)),
        ("Reconnect:FirstDelay", Duration(0.05, Day, (o, v) => o.Reconnect.FirstDelay = v)),
        ("Reconnect:LongestDelay", Duration(0.05, Day, (o, v) => o.Reconnect.LongestDelay = v)),
        ("Reconnect:LongestPersistentDelay", Duration(0.05, Day, (o, v) => o.Reconnect.LongestPersistentDelay = v)),
        ("Reconnect:Jitter", Fraction(0.5, (o, v) => o.Reconnect.Jitter = v)),
        ("Reconnect:StableAfter", Duration(0, Day, (o, v) => o.Reconnect.StableAfter = v)),
        ("Reconnect:PersistentFailures", Number(1, int.MaxValue, (o, v) => o.Reconnect.PersistentFailures = v)),
    }.ToFrozenDictionary(row => row.Key, row => row.Setting, StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys that are understood, relative to the section.</summary>
    internal static IEnumerable<string> Keys => Settings.Keys;

    internal static void Read(IConfiguration section, Sim800MqttHostOptions options)
    {
        options.Section = section is IConfigurationSection named ? named.Path : "";
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (value is null || key.Length == 0)
            {
                continue; // a section, whose keys follow
            }

            if (!Settings.TryGetValue(key, out var setting))
            {
                options.ConfigurationFailures.Add($"{options.NameOf(key)} is no setting. {Advice(key)}");
            }
            else if (!setting.TrySet(options, value))
            {
                var shown = setting.IsSecret ? "has a value that is not allowed" : $"is '{value}'";
                options.ConfigurationFailures.Add($"{options.NameOf(key)} {shown}; allowed is {setting.Allowed}.");
            }
        }
    }

    private static Setting Text(Action<Sim800MqttHostOptions, string> set) => new("a text", IsSecret: false, (options, text) =>
    {
        set(options, text);
        return true;
    });

    private static Setting Secret(Action<Sim800MqttHostOptions, string> set) => Text(set) with { IsSecret = true };

    private static Setting Number(int least, int most, Action<Sim800MqttHostOptions, int> set) => new(
        most == int.MaxValue ? $"a whole number of {least} or more" : $"a whole number from {least} to {most}",
        IsSecret: false,
        (options, text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most && Set(set, options, value));

    private static Setting Fraction(double most, Action<Sim800MqttHostOptions, double> set) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number from 0 to {most}"),
        IsSecret: false,
        (options, text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= 0 && value <= most && Set(set, options, value)); // "-Infinity" is a number to the platform, whatever the style

    private static Setting Switch(Action<Sim800MqttHostOptions, bool> set) =>
        new("true or false", IsSecret: false, (options, text) => bool.TryParse(text, out var value) && Set(set, options, value));

    /// <summary>A bare number is seconds: to the platform "30" is thirty days.</summary>
    private static Setting Duration(double least, double most, Action<Sim800MqttHostOptions, TimeSpan> set) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"a time from {TimeSpan.FromSeconds(least):c} to {TimeSpan.FromSeconds(most):c}, as hours:minutes:seconds or as a number of seconds"),
        IsSecret: false,
        (options, text) => TryReadTime(text, out var seconds) && seconds >= least && seconds <= most
            && Set(set, options, TimeSpan.FromSeconds(seconds)));

    private static Setting Choice<T>(Action<Sim800MqttHostOptions, T> set)
        where T : struct, Enum => new(
            string.Join(" or ", Enum.GetNames<T>()),
            IsSecret: false,
            (options, text) => Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) && Set(set, options, Enum.Parse<T>(text, ignoreCase: true)));

    private static bool Set<T>(Action<Sim800MqttHostOptions, T> set, Sim800MqttHostOptions options, T value)
    {
        set(options, value);
        return true;
    }

    private static bool TryReadTime(string text, out double seconds)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds))
        {
            return true;
        }

        var isTime = TimeSpan.TryParseExact(text, ["c", @"h\:mm\:ss", @"hh\:mm\:ss", @"hh\:mm"], CultureInfo.InvariantCulture, out var time);
        seconds = time.TotalSeconds;
        return isTime;
    }

    private static string Advice(string key)
    {
        var (nearest, distance) = Settings.Keys.Select(known => (known, Spelling.Distance(known, key))).MinBy(pair => pair.Item2);
        return distance <= FarthestTypo
            ? $"Write {nearest}."
            : $"Known are {string.Join(", ", Settings.Keys.Order(StringComparer.Ordinal))}.";
    }

    /// <param name="Allowed">What may be written, as the end of a sentence.</param>
    /// <param name="IsSecret">Whether a value is never shown.</param>
    /// <param name="TrySet">Takes a text, if it is allowed.</param>
    private sealed record Setting(string Allowed, bool IsSecret, Func<Sim800MqttHostOptions, string, bool> TrySet);
}
