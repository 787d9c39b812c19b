using System.Globalization;

namespace TestKit;

/// <summary>
/// The seed of a randomised test: fresh at every run, printed by the test, and fixed with the environment variable
/// <c>SIM800_TEST_SEED</c> to repeat a failure.
/// </summary>
public static class Seed
{
    public static int Fresh() => Given ?? Environment.TickCount & 0xFFFFFF;

    /// <summary>For tests whose search is never at its end: the same at every run, unless the variable says otherwise.</summary>
    public static int Usually(int seed) => Given ?? seed;

    private static int? Given =>
        int.TryParse(Environment.GetEnvironmentVariable("SIM800_TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : null;
}
