using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Messages;

/// <summary>A message as text mode shows it (27.005 3.4): its fields, in the character set chosen, and the details of AT+CSDH=1.</summary>
internal sealed class TextView(Profile profile, bool showsDetails)
{
    /// <summary>The service centre that <see cref="DeliverPdu.ServiceCentre"/> names.</summary>
    private const string ServiceCentre = "+49171000000";

    /// <summary>What follows &lt;stat&gt; in the answer to AT+CMGR, with the text on a line of its own.</summary>
    internal string Read(Tpdu tpdu, string ownServiceCentre) => tpdu.Kind switch
    {
        Tpdu.StatusReport => Report(tpdu),
        Tpdu.Submit => Invariant($"{Address(tpdu)},\"\"{Details(tpdu, Invariant($",{tpdu.Validity}"), ownServiceCentre)}\r\n{Text(tpdu)}"),
        _ => Delivered(tpdu),
    };

    /// <summary>What follows &lt;stat&gt; in a line of AT+CMGL, with the text on a line of its own.</summary>
    internal string Listed(Tpdu tpdu)
    {
        var details = showsDetails ? Invariant($",{tpdu.AddressType},{LengthOf(tpdu)}") : "";
        return tpdu.Kind switch
        {
            Tpdu.StatusReport => Report(tpdu),
            Tpdu.Submit => $"{Address(tpdu)},\"\"{(showsDetails ? "," : "")}{details}\r\n{Text(tpdu)}",
            _ => $"{Address(tpdu)},\"\",\"{tpdu.Time}\"{details}\r\n{Text(tpdu)}",
        };
    }

    /// <summary>What follows <c>+CMT:</c>.</summary>
    internal string Delivered(Tpdu tpdu) => $"{Address(tpdu)},\"\",\"{tpdu.Time}\"{Details(tpdu, "", ServiceCentre)}\r\n{Text(tpdu)}";

    /// <summary>What follows <c>+CDS:</c>.</summary>
    internal string Report(Tpdu tpdu) =>
        Invariant($"{tpdu.First},{tpdu.Reference},{Address(tpdu)},{tpdu.AddressType},\"{tpdu.Time}\",\"{tpdu.Discharge}\",{tpdu.Status}");

    private string Address(Tpdu tpdu) => $"\"{CharacterSet.ShownNumber(profile.CharacterSet, tpdu.Address)}\"";

    private string Details(Tpdu tpdu, string validity, string serviceCentre)
    {
        var centre = CharacterSet.ShownNumber(profile.CharacterSet, serviceCentre);
        return showsDetails
            ? Invariant($",{tpdu.AddressType},{tpdu.First},{tpdu.Protocol},{tpdu.Coding}{validity},\"{centre}\",{PduFields.TypeOf(serviceCentre)},{LengthOf(tpdu)}")
            : "";
    }

    /// <summary>What is not in the default alphabet is shown in hexadecimal, whatever the set.</summary>
    private string Text(Tpdu tpdu) => tpdu switch
    {
        { Text: null } => Convert.ToHexString(tpdu.Data),
        { IsUcs2: true } => CharacterSet.WideHex(tpdu.Text),
        _ => CharacterSet.Shown(profile.CharacterSet, tpdu.Text),
    };

    private static int LengthOf(Tpdu tpdu) => tpdu.Text?.Length ?? tpdu.Data.Length;
}
