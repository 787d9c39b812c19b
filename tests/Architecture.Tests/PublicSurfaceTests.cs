using System.Reflection;
using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>What the libraries show to their users: <c>src/*/PublicAPI.*.txt</c>, which the compiler keeps true.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void No_type_of_a_cryptography_library_shows_in_the_public_surface()
    {
        var surface = Directory.EnumerateFiles(Checkout.PathOf("src"), "PublicAPI.*.txt", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .ToList();
        Assert.Contains("Sim800.Tls.TlsConnection", surface);
        Assert.DoesNotContain(surface, line => line.Contains("Org.BouncyCastle.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sim800.Modem")]
    [InlineData("Sim800.Modem.SerialPort")]
    [InlineData("Sim800.Tls")]
    [InlineData("Sim800.Mqtt")]
    [InlineData("Sim800.Mqtt.Hosting")]
    [InlineData("Sim800.Mqtt.Sqlite")]
    public void Every_asynchronous_method_takes_a_cancellation_token(string assembly)
    {
        var offenders = Assembly.Load(assembly).GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && method.Name is not "DisposeAsync")
            .Where(method => method.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken)))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("Sim800.Modem", "Modem|CellularModem|Sim800|At|Gprs|Ntp|Pdp|Serial|Sim|Sms|Tcp|Ussd")]
    [InlineData("Sim800.Modem.SerialPort", "Serial")]
    [InlineData("Sim800.Tls", "Tls")]
    [InlineData("Sim800.Mqtt", "Mqtt|Sim800")]
    [InlineData("Sim800.Mqtt.Hosting", "Mqtt|Sim800")]
    [InlineData("Sim800.Mqtt.Sqlite", "Mqtt|Sim800")]
    public void Every_public_type_says_by_its_prefix_where_it_belongs(string assembly, string prefixes)
    {
        var allowed = new Regex($"^I?({prefixes})(?![a-z])", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
        var types = Assembly.Load(assembly).GetExportedTypes().Where(type => !type.IsNested).ToList();
        Assert.NotEmpty(types);
        Assert.DoesNotContain(types, type => !allowed.IsMatch(type.Name) || (type.Name[0] == 'I' && char.IsUpper(type.Name[1]) && !type.IsInterface));
    }
}
