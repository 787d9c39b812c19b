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
    public void Answers_and_unsolicited_lines_are_told_apart_by_the_number_of_fields(
        string line, ModemRegistrationStatus status, int? area, int? cell, bool registered)
    {
        Assert.True(ModemRegistration.TryRead(line, out var registration));

        Assert.Equal(new ModemRegistration(status, area, cell), registration);
        Assert.Equal(registered, registration.IsRegistered);
    }

    [Theory]
    [InlineData("+CREG:")]
    [InlineData("+CREG: ")]
    [InlineData("+CREG: 6")]
    [InlineData("+CREG: 0,9")]
    [InlineData("+CREG: 0,12")]
    [InlineData("+CREG: 2,1,\"1A2B\",\"00C3\",7")]
    [InlineData("+CREG: 2,1,\"XYZ\",\"00C3\"")]
    [InlineData("+CREG: 2,1,\"1A2B\",\"123456789\"")]
    [InlineData("+CREG: 2,1,\"1A2B\",\"\"")]
    [InlineData("+CRE?b?")]
    public void Garbled_lines_are_refused(string line) => Assert.False(ModemRegistration.TryRead(line, out _));
}
