using Sim800.Modem.Alphabets;

namespace Sim800.Modem.Tests.Network;

public sealed class ModemOperatorTests
{
    [Theory]
    [InlineData("+COPS: 0,0,\"CHINA MOBILE\"", "CHINA MOBILE", true)]
    [InlineData("+COPS: 1,2,\"26201\"", "26201", false)]
    [InlineData("+COPS:0,0,\"One: two, three\"", "One: two, three", true)]
    [InlineData("+COPS: 0,0,\"Telekom.de\",0", "Telekom.de", true)]
    public void An_operator_has_a_name_and_was_chosen_by_someone(string line, string name, bool automatic)
    {
        Assert.True(ModemOperator.TryRead(line, out var current));
        Assert.Equal(new ModemOperator(name, automatic), current);
    }

    [Theory]
    [InlineData("+COPS: 0")]
    [InlineData("+COPS: 0,0,\"\"")]
    public void Without_a_registration_there_is_none(string line)
    {
        Assert.True(ModemOperator.TryRead(line, out var current));
        Assert.Null(current);
    }

    [Theory]
    [InlineData("+COPS:")]
    [InlineData("+COPS: 7")]
    [InlineData("+COPS: 0,9,\"x\"")]
    [InlineData("+COPS: 0,0")]
    [InlineData("+COPS: x,0,\"x\"")]
    public void Garbled_lines_are_refused(string line) => Assert.False(ModemOperator.TryRead(line, out _));

    [Fact]
    public void The_networks_around_are_listed()
    {
        const string Line = "+COPS: (2,\"T-Mobile USA\",\"TMO\",\"310260\"),(3,\"A (b): c\",\"\",\"31017\"),,(0-4),(0-2)";

        Assert.True(ModemAvailableOperator.TryReadAll(Line, CharacterSet.Unknown, out var operators));

        Assert.Equal(
            [
                new ModemAvailableOperator(ModemOperatorStatus.Current, "T-Mobile USA", "310260"),
                new ModemAvailableOperator(ModemOperatorStatus.Forbidden, "A (b): c", "31017"),
            ],
            operators);
    }

    [Fact]
    public void Nothing_around_is_an_empty_list()
    {
        Assert.True(ModemAvailableOperator.TryReadAll("+COPS: ,,(0-4),(0-2)", CharacterSet.Unknown, out var operators));
        Assert.Empty(operators);
    }

    [Theory]
    [InlineData("+COPS")]
    [InlineData("+COPS: (2,\"T-Mobile USA\")")]
    [InlineData("+COPS: (9,\"a\",\"b\",\"31026\")")]
    [InlineData("+COPS: (2,\"a\",\"b\",\"3102\")")]
    [InlineData("+COPS: (2,\"a\",\"b\",\"3102x\")")]
    public void Garbled_lists_are_refused(string line) => Assert.False(ModemAvailableOperator.TryReadAll(line, CharacterSet.Unknown, out _));

    [Fact]
    public void An_unclosed_group_ends_the_list()
    {
        Assert.True(ModemAvailableOperator.TryReadAll("+COPS: (2,\"a\",\"b\",\"31026\"),(1,\"c", CharacterSet.Unknown, out var operators));
        Assert.Single(operators);
    }

    [Fact]
    public void An_endless_list_is_cut_short()
    {
        var line = "+COPS: " + string.Concat(Enumerable.Repeat("(2,\"a\",\"b\",\"31026\"),", 100));
        Assert.True(ModemAvailableOperator.TryReadAll(line, CharacterSet.Unknown, out var operators));
        Assert.Equal(64, operators.Count);
    }
}
