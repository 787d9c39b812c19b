using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Tests.At;

public sealed class AtArgumentsTests
{
    [Theory]
    [InlineData("+CREG: 2,1,\"1A2B\",\"00C3\"", "2|1|1A2B|00C3")]
    [InlineData("+CIPSTATUS: 2,,\"\",\"\",\"\",\"INITIAL\"", "2|||||INITIAL")]
    [InlineData("+CIEV: 10,\"25001\",\"MTS, RUS\", 0, 0", "10|25001|MTS, RUS|0|0")]
    [InlineData("+CIPACK: 3, 2, 1", "3|2|1")]
    [InlineData("0, CLOSED", "0|CLOSED")]
    [InlineData("+CUSD: 0,\"open quote,1", "0|\"open quote|1")]
    [InlineData("+X:", "")]
    [InlineData("+X: ,", "|")]
    public void Fields_are_cut_at_commas_outside_of_quotes(string line, string fields)
    {
        var arguments = new AtArguments(Encoding.ASCII.GetBytes(line));
        var found = new List<string>();
        while (arguments.TryReadText(out var field))
        {
            found.Add(field);
        }

        Assert.True(arguments.IsAtEnd);
        Assert.Equal(fields, string.Join('|', found));
    }

    [Theory]
    [InlineData("+X: 12", 12)]
    [InlineData("+X: \"12\"", 12)]
    [InlineData("+X: -3", -3)]
    [InlineData("+X: 12a", null)]
    [InlineData("+X: 99999999999", null)]
    [InlineData("+X:", null)]
    public void A_number_is_a_number_or_nothing(string line, int? expected)
    {
        var arguments = new AtArguments(Encoding.ASCII.GetBytes(line));
        Assert.Equal(expected, arguments.TryReadInt(out var value) ? value : null);
    }
}
