using System.Reflection;

namespace Architecture.Tests;

/// <summary>What the libraries show to their users: <c>src/*/PublicAPI.*.txt</c>, which the compiler keeps true.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void No_type_of_a_cryptography_library_shows_in_the_public_surface()
    {
        var surface = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "PublicAPI.*.txt", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .ToList();
        Assert.Contains("Sim800.Tls.TlsConnection", surface);
        Assert.DoesNotContain(surface, line => line.Contains("Org.BouncyCastle.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sim800.Modem")]
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
}
