using System.Globalization;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.Time;

public sealed class ModemNetworkTimeTests
{
    [Theory]
    [InlineData("*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0", "2020-12-09T15:57:04+03:00", 0)]
    [InlineData("*PSUTTZ: 23/03/12,22:09:23\",\"+04\",0", "2023-03-12T23:09:23+01:00", 0)]
    [InlineData("*PSUTTZ: 2026,7,1,0,0,0,\"-28\",1", "2026-06-30T17:00:00-07:00", 1)]
    [InlineData("*PSUTTZ:2026,7,1,0,0,0,\"+22\"", "2026-07-01T05:30:00+05:30", 0)]
    [InlineData("+CTZV: +32,08/12/09,17:00:00", "2008-12-10T01:00:00+08:00", 0)]
    [InlineData("+CTZV: -28,26/07/01,00:00:00,1", "2026-06-30T17:00:00-07:00", 1)]
    public void Network_time_is_UTC_and_the_zone_is_in_quarters_of_an_hour(string line, string expected, int summer)
    {
        Assert.True(ModemNetworkTime.TryRead(line, out var time));
        var wanted = DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture);
        Assert.Equal((wanted, wanted.Offset, summer), (time.Time, time.Time.Offset, time.DaylightSavingHours));
    }

    [Theory]
    [InlineData("*PSUTTZ:")]
    [InlineData("+CTZV: +32")]
    [InlineData("+CTZV: +32,08/13/09,17:00:00")]
    [InlineData("+CTZV: \"+32\",x")]
    [InlineData("PSUTTZ: 2020,12,9,12,57,4,\"+12\",0")]
    [InlineData("*PSUTTZ: 2020,12,9,12,57,4")]
    [InlineData("*PSUTTZ: 2020,13,9,12,57,4,\"+12\",0")]
    [InlineData("*PSUTTZ: 2020,2,30,12,57,4,\"+12\",0")]
    [InlineData("*PSUTTZ: 2020,12,9,24,57,4,\"+12\",0")]
    [InlineData("*PSUTTZ: 2020,12,9,12,60,4,\"+12\",0")]
    [InlineData("*PSUTTZ: 2020,12,9,12,57,60,\"+12\",0")]
    [InlineData("*PSUTTZ: 2020,12,9,12,57,4,\"+99\",0")]
    [InlineData("*PSUTTZ: 2020,12,9,12,57,4,\"+12\",3")]
    [InlineData("*PSUTTZ: 1999,12,9,12,57,4,\"+12\",0")]
    [InlineData("*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0,1")]
    [InlineData("*PSUTTZ: 20200,12,9,12,57,4,\"+12\",0")]
    [InlineData("*PSUTTZ: 2020,12,9,12,57,4,\"+12\",a")]
    public void Garbled_times_are_refused(string line) => Assert.False(ModemNetworkTime.TryRead(line, out _));

    [Theory]
    [InlineData("+CNTP: 1", 1)]
    [InlineData("+CNTP:61", 61)]
    [InlineData("+CNTP: 1,\"2026/11/22,09:03:45\"", 1)]
    public void The_outcome_of_NTP_is_a_code(string line, int expected)
    {
        Assert.True(Sim800Ntp.TryRead(line, out var code));
        Assert.Equal(expected, code);
    }

    [Theory]
    [InlineData("+CNTP:")]
    [InlineData("+CNTP: -1")]
    [InlineData("+CNT: 1")]
    public void Anything_else_is_no_outcome(string line) => Assert.False(Sim800Ntp.TryRead(line, out _));

    [Theory]
    [InlineData(61, NtpReason.NetworkError)]
    [InlineData(62, NtpReason.NameNotResolved)]
    [InlineData(63, NtpReason.ConnectionFailed)]
    [InlineData(64, NtpReason.ServiceError)]
    [InlineData(65, NtpReason.TimedOut)]
    [InlineData(99, NtpReason.Unknown)]
    public void Every_code_is_explained(int code, NtpReason reason)
    {
        var e = NtpException.Of(code, "pool.ntp.org");

        Assert.Equal((reason, code, true), (e.Reason, e.Code, e.IsTransient));
        Assert.Contains("'pool.ntp.org'", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(e.RemedyText, e.Message, StringComparison.Ordinal);
    }
}
