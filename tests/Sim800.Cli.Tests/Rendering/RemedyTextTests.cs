using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Sim800.Cli.Rendering;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Tls;

namespace Sim800.Cli.Tests.Rendering;

public sealed partial class RemedyTextTests
{
    private static readonly Assembly[] Libraries = [typeof(ModemException).Assembly, typeof(TlsException).Assembly, typeof(MqttException).Assembly];

    /// <summary>What a sentence of a library speaks of, and the options that set it here.</summary>
    private static readonly (string Words, string[] Options)[] Settings =
    [
        (@"\bPIN\b(?! in a phone)", ["--pin"]),
        (@"access point name|\bAPN\b", ["--apn", "--apn-user"]),
        ("baud rate", ["--baud"]),
        ("DNS server", ["--dns"]),
        ("RTS and CTS", ["--rtscts"]),
        ("another device|a device such", ["--device"]),
        ("ServerName", ["-h"]),
        ("[Cc]lient certificate", ["--cert"]),
        (@"PreSharedKey\.Identity", ["--psk-identity"]),
        ("the key itself", ["--psk"]),
        ("FromPemFile", ["--cafile"]),
        ("Preference", ["--tls-version"]),
        ("[Ss]witch TLS on|TLS and MQTT over WebSocket on", ["--tls"]),
        ("[Ss]witch TLS off|TLS off", ["--no-tls"]),
        ("[Ss]witch MQTT over WebSocket o", ["--ws"]),
        ("client id", ["-i"]),
        ("keep-alive", ["-k"]),
        ("[Uu]ser name and password|[Cc]heck the credentials|client id and credentials", ["-u", "-P"]),
        ("with QoS 1", ["-q"]),
        (@"\bhost\b(?! share)", ["-h"]),
        ("(the|that|this|another|host,|and|its) port", ["-p"]),
    ];

    /// <summary>Remedies that leave the port as it is.</summary>
    private static readonly string[] Others =
    [
        nameof(MqttRemedy.SwitchTlsOn), nameof(MqttRemedy.SwitchTlsOff), nameof(MqttRemedy.SwitchWebSocketOff),
        nameof(MqttRemedy.SwitchWebSocketOffAndTlsOn), nameof(MqttRemedy.SwitchTlsOnOrCheckAccount),
    ];

    public static TheoryData<Enum> Remedies =>
        [.. Enum.GetValues<ModemRemedy>().Cast<Enum>(), .. Enum.GetValues<TlsRemedy>().Cast<Enum>(), .. Enum.GetValues<MqttRemedy>().Cast<Enum>()];

    [Theory]
    [MemberData(nameof(Remedies))]
    public void A_remedy_is_a_sentence_that_names_the_options_it_speaks_of(Enum remedy)
    {
        var ofLibrary = OfLibrary(remedy);
        var ofTool = OfTool(remedy) ?? ofLibrary;
        Assert.Matches("^[A-Z].*[.]$", ofLibrary);
        Assert.Matches("^[A-Z].*[.]$", ofTool);
        Assert.Empty(ApiNamesIn(ofTool));
        var isOfThePort = Array.IndexOf(Others, remedy.ToString()) >= 0;
        foreach (var (_, options) in Settings.Where(setting => Regex.IsMatch(ofLibrary, setting.Words, RegexOptions.None, TimeSpan.FromSeconds(10)) && !(isOfThePort && setting.Options is ["-p"])))
        {
            Assert.True(OptionsIn(ofTool).Intersect(options).Any(), $"{remedy}: '{ofTool}' names none of {string.Join(", ", options)}.");
        }
    }

    [Theory]
    [MemberData(nameof(Remedies))]
    public void An_option_that_a_remedy_names_exists(Enum remedy) =>
        Assert.Empty(OptionsIn(OfTool(remedy) ?? OfLibrary(remedy)).Except(Options()));

    [Fact]
    public void A_failure_of_a_lower_layer_keeps_its_remedy_through_those_above()
    {
        var certificate = Made(typeof(TlsCertificateException)).First(e => ((TlsException)e).Remedy is TlsRemedy.TrustAuthority);
        foreach (var type in (Type[])[typeof(MqttLinkException), typeof(MqttClosedException)])
        {
            var above = (MqttException)Made(type, certificate).First(e => ((MqttException)e).Remedy is MqttRemedy.OfCause);
            Assert.EndsWith(((TlsException)certificate).RemedyText, above.Message, StringComparison.Ordinal);
            Assert.EndsWith("Trust the broker's root certificate with --cafile, or check that this is the right broker.", FailureText.Of(above), StringComparison.Ordinal);
            Assert.Equal(2, FailureText.Of(above).Split("--cafile").Length);
        }
    }

    /// <summary>Every exception of the libraries, made in every way and with every value of the enumerations.</summary>
    [Fact]
    public void No_failure_of_the_libraries_brings_a_name_of_the_api_before_the_user()
    {
        var types = Libraries.SelectMany(library => library.GetExportedTypes()).Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IOException))).ToList();
        Assert.True(types.Count > 20);
        foreach (var type in types)
        {
            var made = Made(type).ToList();
            Assert.True(made.Count > 0, $"No {type.Name} could be made.");
            foreach (var failure in made)
            {
                var text = FailureText.Of(failure);
                Assert.Empty(ApiNamesIn(text));
                Assert.EndsWith(".", text, StringComparison.Ordinal);
                Assert.StartsWith(FailureText.Happened(failure), text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void An_option_of_the_library_that_is_refused_is_named_by_the_option_of_the_command_line()
    {
        var key = new TlsClientOptions { ServerName = "h", Engine = TlsEngine.Platform, PreSharedKey = new TlsPreSharedKey("i", new byte[16]) };
        var refusal = Assert.Throws<TargetInvocationException>(() => Method(typeof(TlsClientOptions), "Validate").Invoke(key, null)).InnerException!;
        Assert.Equal("--psk needs the BouncyCastle engine.", FailureText.Of(refusal));
    }

    private static string OfLibrary(Enum remedy) =>
        (string)Method(remedy.GetType().Assembly.GetType(remedy.GetType().FullName + "Text", throwOnError: true)!, "Of").Invoke(null, [remedy])!;

    private static string? OfTool(Enum remedy) => remedy switch
    {
        ModemRemedy modem => RemedyText.Of(modem),
        TlsRemedy tls => RemedyText.Of(tls),
        MqttRemedy mqtt => RemedyText.Of(mqtt),
        _ => throw new ArgumentOutOfRangeException(nameof(remedy)),
    };

    private static MethodInfo Method(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;

    /// <summary>Types of the libraries, alone or before a dot, and members of their options.</summary>
    private static IEnumerable<string> ApiNamesIn(string text) => Word().Matches(text).Select(word => word.Value).Where(ApiNames.Contains);

    private static HashSet<string> ApiNames { get; } =
    [
        .. Libraries.SelectMany(library => library.GetExportedTypes()).Select(type => type.Name),
        .. Libraries.SelectMany(library => library.GetExportedTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties())
            .Select(property => property.Name)
            .Where(name => name.Skip(1).Any(char.IsUpper) && name is not "QoS"), // Port and QoS are words of the field
    ];

    /// <summary>Without those of other commands, which stand in quotes.</summary>
    private static IEnumerable<string> OptionsIn(string text) => Option().Matches(OtherCommand().Replace(text, "")).Select(option => option.Value);

    private static HashSet<string> Options()
    {
        var root = (RootCommand)Method(typeof(Application), "Build").Invoke(null, [new TestHost().Host])!;
        return [.. root.Subcommands.SelectMany(verb => verb.Options).SelectMany(option => option.Aliases.Append(option.Name))];
    }

    private static IEnumerable<Exception> Made(Type type, Exception? inner = null)
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var makers = type.GetConstructors(All).Where(maker => !maker.IsStatic).Cast<MethodBase>()
            .Concat(type.GetMethods(All).Where(method => method.IsStatic && method.ReturnType == type));
        foreach (var maker in makers)
        {
            foreach (var arguments in Combinations(maker.GetParameters(), inner ?? new IOException("The line is gone."), depth: 0))
            {
                var made = maker is ConstructorInfo constructor ? constructor.Invoke(arguments) : maker.Invoke(null, arguments);
                yield return (Exception)made!;
            }
        }
    }

    private static IEnumerable<object?[]> Combinations(ParameterInfo[] parameters, Exception inner, int depth) => parameters.Aggregate(
        (IEnumerable<object?[]>)[[]],
        (rows, parameter) => rows.SelectMany(row => Values(parameter.ParameterType, inner, depth).Select(value => row.Append(value).ToArray())));

    private static IEnumerable<object?> Values(Type type, Exception inner, int depth)
    {
        type = type.IsByRef ? type.GetElementType()! : type;
        if (type == typeof(ModemException) && inner is not ModemException)
        {
            return [new SerialPortException(SerialPortReason.Unplugged, "/dev/ttyUSB0")];
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object?>();
        }

        return type switch
        {
            _ when type == typeof(string) => ["x."],
            _ when type.IsAssignableFrom(typeof(string[])) && type != typeof(object) => [(string[])["x."]],
            _ when type == typeof(int) => [1],
            _ when type == typeof(int?) => [null, 1],
            _ when type == typeof(long) => [0L, 1L],
            _ when type == typeof(bool) => [false, true],
            _ when type == typeof(TimeSpan) => [TimeSpan.FromSeconds(60)],
            _ when type == typeof(DateTimeOffset) => [DateTimeOffset.UnixEpoch],
            _ when type == typeof(MqttMessage) => [new MqttMessage("x", "y")],
            _ when type == typeof(IReadOnlyList<string>) => [new[] { "x", "y" }],
            _ when type.IsAssignableTo(typeof(Exception)) => [inner],
            _ when type.IsInterface || type.IsArray || depth > 4 => [null],
            _ => Objects(type, inner, depth),
        };
    }

    /// <summary>Of a value that only carries others, one is enough.</summary>
    private static IEnumerable<object?> Objects(Type type, Exception inner, int depth)
    {
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .OrderByDescending(maker => maker.GetParameters().Length).FirstOrDefault(maker => maker.GetParameters().All(p => p.ParameterType != type));
        return constructor is null
            ? [Activator.CreateInstance(type)]
            : [constructor.Invoke([.. constructor.GetParameters().Select(p => Values(p.ParameterType, inner, depth + 1).First())])];
    }

    [GeneratedRegex("[A-Za-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();

    [GeneratedRegex("'(?!sim800)[^']* [^']*'", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OtherCommand();

    [GeneratedRegex("(?<=^|[ (,'])--?[A-Za-z][A-Za-z-]*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Option();
}
