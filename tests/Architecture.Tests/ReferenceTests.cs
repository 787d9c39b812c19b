using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The layers know each other in one direction only: Mqtt -> Tls, Mqtt -> Modem; Tls, Modem and Simulator know nobody.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string, string[], string[]> Layers => new()
    {
        { "Sim800.Modem", [], ["Microsoft.Extensions.Logging.Abstractions", "System.IO.Pipelines"] },
        { "Sim800.Modem.SerialPort", ["Sim800.Modem"], ["System.IO.Ports"] },
        { "Sim800.Tls", [], ["BouncyCastle.Cryptography", "Microsoft.Extensions.Logging.Abstractions", "System.IO.Pipelines"] },
        {
            "Sim800.Mqtt",
            ["Sim800.Modem", "Sim800.Tls"],
            ["Microsoft.Extensions.Logging.Abstractions", "System.IO.Pipelines"]
        },
        {
            "Sim800.Mqtt.Hosting",
            ["Sim800.Mqtt"],
            ["Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options"]
        },
        { "Sim800.Mqtt.Sqlite", ["Sim800.Mqtt"], ["Microsoft.Data.Sqlite"] },
        { "Sim800.Simulator", [], ["Microsoft.Extensions.Logging.Abstractions", "System.IO.Pipelines"] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_references_what_the_design_allows_and_nothing_else(string project, string[] projects, string[] packages)
    {
        var file = XDocument.Load(Checkout.PathOf("src", project, project + ".csproj"));
        Assert.Equal(projects, Included(file, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)));
        Assert.Equal(packages, Included(file, "PackageReference"));
    }

    /// <summary>A peer that is built on what it tests shares its misreadings.</summary>
    [Fact]
    public void The_peers_that_the_tests_share_know_nothing_of_what_they_test()
    {
        var file = XDocument.Load(Checkout.PathOf("tests", "TestKit", "TestKit.csproj"));
        Assert.Empty(Included(file, "ProjectReference"));
        Assert.Empty(Included(file, "Compile"));
    }

    /// <summary>2.4.0 overflows the stack on 32 KB of nested DER in a Certificate message.</summary>
    [Fact]
    public void BouncyCastle_is_a_version_that_survives_nested_DER()
    {
        var versions = XDocument.Load(Checkout.PathOf("Directory.Packages.props"));
        var bouncyCastle = versions.Descendants("PackageVersion")
            .Where(item => item.Attribute("Include")!.Value.Contains("BouncyCastle", StringComparison.OrdinalIgnoreCase))
            .Single();
        Assert.Equal("BouncyCastle.Cryptography", bouncyCastle.Attribute("Include")!.Value);
        Assert.True(Version.Parse(bouncyCastle.Attribute("Version")!.Value) >= new Version(2, 7, 0));
    }

    [Fact]
    public void In_the_MQTT_layer_only_the_composition_knows_the_layers_below()
    {
        var offenders = Repository.SourceFiles()
            .Where(file => Repository.Relative(file) is var path
                && path.StartsWith("src/Sim800.Mqtt/", StringComparison.Ordinal)
                && MayNotCompose(path)
                && File.ReadLines(file).Any(line => line is "using Sim800.Modem;" or "using Sim800.Tls;"))
            .Select(Repository.Relative);
        Assert.Empty(offenders);
    }

    private static bool MayNotCompose(string path) =>
        new[] { "Codec", "Packets", "Session", "Topics" }
            .Any(folder => path.StartsWith($"src/Sim800.Mqtt/{folder}/", StringComparison.Ordinal));

    private static IEnumerable<string> Included(XDocument file, string element) =>
        file.Descendants(element)
            .Select(item => item.Attribute("Include")!.Value)
            .Order(StringComparer.Ordinal);
}
