using Xunit.MicrosoftTestingPlatform;

namespace Mutants;

/// <summary>Starts the tests that SIM800_TEST_MUTANTS chooses, as options of the command line: those who start the tests of a mutant hand none on.</summary>
internal static class MutantEntryPoint
{
    public static Task<int> Main(string[] arguments)
    {
        string chosen = Environment.GetEnvironmentVariable("SIM800_TEST_MUTANTS") ?? "";
        return TestPlatformTestFramework.RunAsync([.. arguments, .. chosen.Split(' ', StringSplitOptions.RemoveEmptyEntries)], (_, _) => { });
    }
}
