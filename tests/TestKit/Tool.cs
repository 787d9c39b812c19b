using Xunit;

namespace TestKit;

/// <summary>Programs that tests use as peers. Absent ones skip the test, unless the run demands them.</summary>
public static class Tool
{
    /// <summary>Set to <c>1</c> where an absent peer is an error, as in continuous integration.</summary>
    public const string RequireVariable = "SIM800_REQUIRE_PEERS";

    /// <summary>The full path of <paramref name="program"/>; skips the calling test when it is not installed.</summary>
    public static string PathOf(string program)
    {
        var found = Find(program);
        Demand(found is not null, program, $"apt-get install {PackageOf(program)}");
        return found!;
    }

    /// <summary>The full path of <paramref name="program"/>; <c>null</c> when it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin:/sbin")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Skips the calling test when a peer is not installed, or fails it where the run demands peers.</summary>
    internal static void Demand(bool isInstalled, string peer, string remedy)
    {
        if (!isInstalled && Environment.GetEnvironmentVariable(RequireVariable) is "1")
        {
            Assert.Fail($"{peer} is not installed, and {RequireVariable}=1 demands it: {remedy}");
        }

        Assert.SkipUnless(isInstalled, $"{peer} is not installed: {remedy}");
    }

    /// <summary>Debian's name for what a program comes in.</summary>
    private static string PackageOf(string program) => program switch
    {
        "mosquitto_pub" or "mosquitto_sub" => "mosquitto-clients",
        "mosquitto_passwd" => "mosquitto",
        "gnutls-serv" => "gnutls-bin",
        "flock" => "util-linux",
        "stty" => "coreutils",
        "node" => "nodejs",
        _ => program,
    };
}
