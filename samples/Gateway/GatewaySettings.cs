using Microsoft.Extensions.Options;

namespace Gateway;

/// <summary>The section <c>Gateway</c> of appsettings.json.</summary>
internal sealed class GatewaySettings
{
    internal static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);
    internal static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    /// <summary>What all topics of this gateway begin with.</summary>
    public string Topic { get; set; } = "gateway";

    /// <summary>From one reading to the next.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Where messages wait that the server has not confirmed, and the TLS sessions.</summary>
    public string Folder { get; set; } = ".";

    /// <summary>Where Prometheus finds the metrics on this machine; 0 for nowhere.</summary>
    public int PrometheusPort { get; set; }

    /// <summary>The GPIO line of the module's PWRKEY, in BCM numbers; none when it is not wired.</summary>
    public int? PowerKeyPin { get; set; }

    /// <summary>The GPIO line of the module's RESET, in BCM numbers; none when it is not wired.</summary>
    public int? ResetPin { get; set; }
}

/// <summary>Checks the settings when the host starts, and names all that is wrong at once.</summary>
internal sealed class GatewaySettingsRules : IValidateOptions<GatewaySettings>
{
    private const int LastPin = 53;

    public ValidateOptionsResult Validate(string? name, GatewaySettings options)
    {
        var failures = new List<string>();
        Require(
            options.Topic.Length > 0 && options.Topic.AsSpan().IndexOfAny('+', '#') < 0,
            $"Topic is '{options.Topic}'; it is the beginning of topic names, without the wildcards '+' and '#'.");
        Require(
            options.Interval >= GatewaySettings.ShortestInterval && options.Interval <= GatewaySettings.LongestInterval,
            $"Interval is '{options.Interval:c}'; allowed is a time from {GatewaySettings.ShortestInterval:c} to {GatewaySettings.LongestInterval:c}.");
        Require(Directory.Exists(options.Folder), $"Folder is '{options.Folder}', and there is no such folder.");
        Require(options.PrometheusPort is >= 0 and <= 65_535, $"PrometheusPort is {options.PrometheusPort}; allowed is 0 to 65535, 0 for none.");
        Require(options.PowerKeyPin is null or (>= 0 and <= LastPin), $"PowerKeyPin is {options.PowerKeyPin}; allowed is 0 to {LastPin}, a BCM number.");
        Require(options.ResetPin is null or (>= 0 and <= LastPin), $"ResetPin is {options.ResetPin}; allowed is 0 to {LastPin}, a BCM number.");
        Require(
            options.ResetPin is null || options.PowerKeyPin is not null,
            "PowerKeyPin is missing: a module that is off is switched on with it, which RESET cannot do.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool isMet, string failure)
        {
            if (!isMet)
            {
                failures.Add($"Gateway:{failure}");
            }
        }
    }
}
