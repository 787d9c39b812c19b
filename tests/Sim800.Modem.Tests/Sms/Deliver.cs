using Sim800.Modem.Sms;

namespace Sim800.Modem.Tests.Sms;

/// <summary>Turns what we would send into what a receiver gets: the same user data behind another header.</summary>
internal static class Deliver
{
    /// <summary>The SMS-DELIVER that the network makes of the SMS-SUBMIT.</summary>
    internal static string From(SmsSubmit submit, string sender = "+46708251358")
    {
        var tpdu = Convert.FromHexString(submit.Hex)[1..];
        var userData = tpdu[(2 + 2 + ((tpdu[2] + 1) / 2))..]; // behind the type, the reference and the destination
        byte[] deliver =
        [
            0x00, (byte)(tpdu[0] & 0x40), .. SmsAddress.Write(sender), userData[0], userData[1],
            0x62, 0x11, 0x22, 0x90, 0x30, 0x54, 0x80, .. userData[2..],
        ];
        return Convert.ToHexString(deliver);
    }

    internal static string TextOf(SmsSubmit submit) => SmsDeliver.Read(From(submit)).Text;
}
