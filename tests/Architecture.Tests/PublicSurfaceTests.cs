using System.Reflection;

namespace Architecture.Tests;

/// <summary>
/// A change of the public surface shows in the diff: <c>api/*.txt</c> holds it, one member a line.
/// <c>UPDATE_API=1 dotnet test tests/Architecture.Tests</c> rewrites the files.
/// </summary>
public sealed class PublicSurfaceTests
{
    [Theory]
    [InlineData("Sim800.Modem")]
    [InlineData("Sim800.Tls")]
    [InlineData("Sim800.Mqtt")]
    [InlineData("Sim800.Mqtt.Hosting")]
    [InlineData("Sim800.Mqtt.Sqlite")]
    [InlineData("Sim800.Simulator")]
    public void The_public_surface_is_the_one_that_is_written_down(string assembly)
    {
        var file = Path.Combine(Repository.Root, "api", assembly + ".txt");
        var actual = string.Join('\n', PublicSurface.Of(Assembly.Load(assembly))) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_API") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"api/{assembly}.txt is missing: run the test once with UPDATE_API=1.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual);
    }

    [Theory]
    [InlineData("Sim800.Modem")]
    [InlineData("Sim800.Tls")]
    [InlineData("Sim800.Mqtt")]
    [InlineData("Sim800.Mqtt.Hosting")]
    [InlineData("Sim800.Mqtt.Sqlite")]
    [InlineData("Sim800.Simulator")]
    public void No_type_of_a_cryptography_library_shows_in_the_public_surface(string assembly) =>
        Assert.DoesNotContain(PublicSurface.Of(Assembly.Load(assembly)), line => line.Contains("BouncyCastle.", StringComparison.Ordinal));

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
