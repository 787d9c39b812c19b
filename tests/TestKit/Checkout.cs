namespace TestKit;

/// <summary>The checkout that the tests run from.</summary>
public static class Checkout
{
    /// <summary>The folder of the solution, found from where the tests run: the paths that the compiler knows are not this machine's in a build that can be repeated elsewhere.</summary>
    public static string Root { get; } = Find();

    /// <summary>The path of a file or folder of the checkout.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sim800Mqtt.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside a checkout: no Sim800Mqtt.sln above them.");
    }
}
