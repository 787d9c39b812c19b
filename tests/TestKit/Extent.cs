using Xunit;

namespace TestKit;

/// <summary>
/// How much of a large set a test goes through: a sample, which begins elsewhere at every run (<see cref="Seed"/>), or with
/// <c>SIM800_TEST_FULL=1</c> all of it.
/// </summary>
public static class Extent
{
    private static bool IsFull { get; } = Environment.GetEnvironmentVariable("SIM800_TEST_FULL") is "1";

    /// <summary>How many rounds to go: <paramref name="sample"/>, or <paramref name="full"/>.</summary>
    public static int Of(int sample, int full) => IsFull ? full : sample;

    /// <summary>The numbers of the bits of so many octets: one in 13, so that each place within an octet is met, or each.</summary>
    public static IEnumerable<int> BitsOf(int octets)
    {
        const int OneIn = 13;
        var step = Of(OneIn, full: 1);
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        for (var bit = new Random(seed).Next(step); bit < octets * 8; bit += step)
        {
            yield return bit;
        }
    }
}
