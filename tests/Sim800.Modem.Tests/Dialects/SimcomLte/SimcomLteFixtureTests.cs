using System.Text;
using Sim800.Modem.Dialects;
using Sim800.Modem.Tests.At;
using TestKit;

namespace Sim800.Modem.Tests.Dialects.SimcomLte;

public sealed class SimcomLteFixtureTests
{
    private static readonly Dictionary<string, Fixture> Fixtures = SimcomLteFixtures.All.ToDictionary(fixture => fixture.Name);

    public static TheoryData<string> Names => [.. Fixtures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void However_the_bytes_are_cut_the_same_is_heard(string name)
    {
        var fixture = Fixtures[name];
        var bytes = Encoding.Latin1.GetBytes(fixture.Wire);
        foreach (var pieces in Splits.Of(bytes.Length))
        {
            var listener = new Listener(new SimcomLteDialect(SimcomLteTraits.A76xx).Tables);
            if (fixture.Command is { } command)
            {
                listener.Begin(command, fixture.Argument, fixture.Payload);
            }

            listener.Feed(bytes, pieces);
            Assert.Equal(fixture.Heard, listener.Heard);
            if (fixture.Command is not null)
            {
                Assert.Equal(fixture.Answer, listener.Answer);
            }
        }
    }

    [Fact]
    public void The_first_part_of_an_answer_has_a_short_time_and_the_second_a_long_one()
    {
        var listener = new Listener(new SimcomLteDialect(SimcomLteTraits.A76xx).Tables);
        listener.Begin(SimcomLteCommands.OpenService);
        listener.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(listener.Look());
        listener.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(listener.Look());
        listener.Begin(SimcomLteCommands.OpenService);
        listener.Feed("\r\nOK\r\n");
        listener.Look();
        listener.Clock.Advance(TimeSpan.FromSeconds(80));
        Assert.False(listener.Look());
    }
}
