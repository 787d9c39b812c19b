using System.Reflection;

namespace Sim800.Mqtt.Tests.Conformance;

public sealed class StatementListTests
{
    private static readonly string[] Listed = [.. File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Conformance", "statements.csv"))
        .Skip(1)
        .Where(line => line.Length > 0)
        .Select(line => line.Split(',')[0])];

    private static readonly string[] Proved = [.. typeof(StatementListTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public))
        .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
        .SelectMany(method => method.GetCustomAttributes<StatementAttribute>())
        .Select(statement => statement.Id)];

    [Fact]
    [Statement("MQTT-7.1.2-1")]
    public void Every_statement_that_binds_a_client_has_a_test()
    {
        Assert.Equal(82, Listed.Length);
        Assert.Equal([], Listed.Except(Proved, StringComparer.Ordinal));
    }

    [Fact]
    public void No_test_names_a_statement_that_is_not_listed() =>
        Assert.Equal([], Proved.Except(Listed, StringComparer.Ordinal));
}
