using System.Text;
using TestKit;

namespace Sim800.Modem.Tests.At;

public sealed class FixtureTests
{
    private static readonly Dictionary<string, Fixture> Fixtures =
        FramingFixtures.All.Concat(DataFixtures.All).Concat(InterleavingFixtures.All).Concat(UrcFixtures.All).ToDictionary(fixture => fixture.Name);

    /// <summary>Within a line that is too long one place is like the other.</summary>
    private const int FarthestCut = 300;

    public static TheoryData<string> Names => [.. Fixtures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void However_the_bytes_are_cut_the_same_is_heard(string name)
    {
        var fixture = Fixtures[name];
        var bytes = Encoding.Latin1.GetBytes(fixture.Wire);
        foreach (var pieces in Splits.Of(bytes.Length).Where(pieces => pieces.Length != 2 || pieces.Min() <= FarthestCut))
        {
            var listener = new Listener();
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
}
