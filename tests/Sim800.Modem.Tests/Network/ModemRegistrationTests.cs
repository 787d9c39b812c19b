namespace Sim800.Modem.Tests.Network;

public sealed class ModemRegistrationTests
{
    [Theory]
    [InlineData("+CREG: 0,1", ModemRegistrationStatus.Home, null, null, true)]
    [InlineData("+CREG: 2,5,\"1A2B\",\"00C3\"", ModemRegistrationStatus.Roaming, 0x1A2B, 0xC3, true)]
    [InlineData("+CREG:2,5,1A2B,00C3", ModemRegistrationStatus.Roaming, 0x1A2B, 0xC3, true)]
    [InlineData("+CREG: 1,\"FFFE\",\"0FFFFFFF\"", ModemRegistrationStatus.Home, 0xFFFE, 0xFFFFFFF, true)] // unsolicited: one field fewer
    [InlineData("+CREG: 2", ModemRegistrationStatus.Searching, null, null, false)]
    [InlineData("+CGREG: 0,0", ModemRegistrationStatus.NotSearching, null, null, false)]
    [InlineData("+CREG: 0,3", ModemRegistrationStatus.Denied, null, null, false)]
    [InlineData("+CREG: 1,4", ModemRegistrationStatus.Unknown, null, null, false)]
    [InlineData("+CREG: 2,1,\"1A2B\",\"00C3\",0", ModemRegistrationStatus.Home, 0x1A2B, 0xC3, true)] // access technology
    [InlineData("+CREG: 2,5,\"1A2B\",\"000000C3\",3", ModemRegistrationStatus.Roaming, 0x1A2B, 0xC3, true)]
    [InlineData("+CREG: 2,1,1A2B,00C3,0", ModemRegistrationStatus.Home, 0x1A2B, 0xC3, true)]
    [InlineData("+CREG: 2,1,\"1A2B\",\"00C3\",7,\"01\"", ModemRegistrationStatus.Home, 0x1A2B, 0xC3, true)]
    [InlineData("+CGREG: 2,1,\"1A2B\",\"00C3\",\"00\",0", ModemRegistrationStatus.Home, 0x1A2B, 0xC3, true)] // routing area
    [InlineData("+CREG: 2,3,\"1A2B\",\"00C3\",0,0,11", ModemRegistrationStatus.Denied, 0x1A2B, 0xC3, false)] // cause
    [InlineData("+CREG: 2,1,\"\",\"\"", ModemRegistrationStatus.Home, null, null, true)]
    [InlineData("+CREG: 2,2,,", ModemRegistrationStatus.Searching, null, null, false)]
    [InlineData("+CREG: 2,5,,,0", ModemRegistrationStatus.Roaming, null, null, true)]
    [InlineData("+CREG: 2,1,\"1A2B\"", ModemRegistrationStatus.Home, 0x1A2B, null, true)]
    [InlineData("+CREG: 2,1,\"1A2B\",\"\"", ModemRegistrationStatus.Home, 0x1A2B, null, true)]
    [InlineData("+CREG: 2,0,\"FFFF\",\"FFFFFFFF\"", ModemRegistrationStatus.NotSearching, null, null, false)]
    [InlineData("+CREG: 2,0,FFFF,FFFFFFFF,0", ModemRegistrationStatus.NotSearching, null, null, false)]
    [InlineData("+CREG: 1,\"1A2B\",\"00C3\",0", ModemRegistrationStatus.Home, 0x1A2B, 0xC3, true)] // unsolicited, four fields
    [InlineData("+CREG: 5,1A2B,00C3,2", ModemRegistrationStatus.Roaming, 0x1A2B, 0xC3, true)]
    [InlineData("+CREG: 0,1 ", ModemRegistrationStatus.Home, null, null, true)]
    public void Answers_and_unsolicited_lines_are_told_apart(
        string line, ModemRegistrationStatus status, int? area, int? cell, bool registered)
    {
        Assert.True(ModemRegistration.TryRead(line, out var registration));

        Assert.Equal(new ModemRegistration(status, area, cell), registration);
        Assert.Equal(registered, registration.IsRegistered);
    }

    [Theory]
    [InlineData("+CREG:")]
    [InlineData("+CREG: ")]
    [InlineData("+CREG: 9")]
    [InlineData("+CREG: 0,9")]
    [InlineData("+CREG: 0,12")]
    [InlineData("+CREG: 2,1,\"XYZ\",\"00C3\"")]
    [InlineData("+CREG: 2,1,\"1A2B\",\"123456789\"")]
    [InlineData("+CRE?b?")]
    public void Garbled_lines_are_refused(string line) => Assert.False(ModemRegistration.TryRead(line, out _));
}
