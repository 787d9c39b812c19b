using System.Net;
using System.Text;

namespace Sim800.Tls.Certificates;

/// <summary>A peer's names for a message of <see cref="TlsException"/>, which shows nothing unprintable: few, short, quoted.</summary>
internal static class SubjectAltNameText
{
    private const int MostNames = 5;
    private const int LongestName = 100;

    internal static string Print(IReadOnlyList<GeneralName> names)
    {
        var shown = names.Take(MostNames).Select(Print);
        return string.Join(", ", names.Count > MostNames ? shown.Append($"and {names.Count - MostNames} more") : shown);
    }

    private static string Print(GeneralName name) => name.Form switch
    {
        GeneralNameForm.DnsName => $"'{Shown(name.Value.Span)}'",
        GeneralNameForm.IpAddress when name.Value.Length is 4 or 16 => new IPAddress(name.Value.Span).ToString(),
        _ => $"({name.Form})",
    };

    private static string Shown(ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(name[..Math.Min(name.Length, LongestName)]);
}
