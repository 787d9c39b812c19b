namespace Sim800.Modem.Tests.Network;

public sealed class NetworkRegistrationTests
{
    [Theory]
    [InlineData("+CREG: 0,1", RegistrationStatus.Home, null, null, true)]
    [InlineData("+CREG: 2,5,\"1A2B\",\"00C3\"", RegistrationStatus.Roaming, 0x1A2B, 0xC3, true)]
    [InlineData("+CREG:2,5,1A2B,00C3", RegistrationStatus.Roaming, 0x1A2B, 0xC3, true)]
    [InlineData("+CREG: 1,\"FFFE\",\"0FFFFFFF\"", RegistrationStatus.Home, 0xFFFE, 0xFFFFFFF, true)] // unsolicited: one field fewer
    [InlineData("+CREG: 2", RegistrationStatus.Searching, null, null, false)]
    [InlineData("+CGREG: 0,0", RegistrationStatus.NotSearching, null, null, false)]
    [InlineData("+CREG: 0,3", RegistrationStatus.Denied, null, null, false)]
    [InlineData("+CREG: 1,4", RegistrationStatus.Unknown, null, null, false)]
    public void Answers_and_unsolicited_lines_are_told_apart_by_the_number_of_fields(
        string line, RegistrationStatus status, int? area, int? cell, bool registered)
    {
        Assert.True(NetworkRegistration.TryRead(line, out var registration));

        Assert.Equal(new NetworkRegistration(status, area, cell), registration);
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
    public void Garbled_lines_are_refused(string line) => Assert.False(NetworkRegistration.TryRead(line, out _));
}
