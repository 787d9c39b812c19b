using System.Runtime.CompilerServices;
using Sim800.Modem.Tests.Links;
using TestKit;

namespace Sim800.Modem.Tests;

/// <summary>Whoever gives up waiting, and whatever ends meanwhile: no task fails without anybody to look at it.</summary>
[Collection("Alone")]
public sealed class UnobservedFailureTests(ITestOutputHelper output)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Manual)]
    [InlineData(ModemReceiveMode.Push)]
    [InlineData(ModemReceiveMode.Transparent)]
    public async Task Random_disposals_leave_no_failure_behind(ModemReceiveMode mode)
    {
        var seed = Seed.Fresh();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var unobserved = new List<Exception>();
        void Count(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved)
            {
                unobserved.Add(e.Exception);
            }
        }

        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            for (var round = 0; round < 100; round++)
            {
                await DisposeSomewhereAsync(mode, random);
            }

            for (var collection = 0; collection < 3; collection++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }

        Assert.Empty(unobserved);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task DisposeSomewhereAsync(ModemReceiveMode mode, Random random)
    {
        await using var modem = new ObedientModem();
        var driver = await modem.OpenAsync(mode, window: 1024);
        using var patience = new CancellationTokenSource();
        using var given = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, Ct);
        var silent = random.Next(4) switch { 0 => "AT+CSQ", 1 => "AT+CIPSTART", 2 => "AT+CUSD", _ => "AT+CIPSEND" };
        modem.Answer = line => line.StartsWith(silent, StringComparison.Ordinal) ? "" : null;
        Task[] calls = random.Next(3) switch
        {
            0 => [driver.SendCommandAsync("AT+CSQ", cancellationToken: given.Token), driver.SendCommandAsync("AT+CSQ", cancellationToken: given.Token)],
            1 => [driver.Network.SendUssdAsync("*100#", given.Token)],
            _ => [WriteAsync(driver, given.Token)],
        };
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(3) * 500), modem.Clock, Ct);
        var closing = Task.CompletedTask;
        foreach (var step in Enumerable.Range(0, 3).OrderBy(_ => random.Next()))
        {
            switch (step)
            {
                case 0:
                    await patience.CancelAsync();
                    break;
                case 1:
                    closing = driver.DisposeAsync().AsTask();
                    break;
                default:
                    await modem.HangUpAsync();
                    break;
            }

            for (var turns = random.Next(20); turns > 0; turns--)
            {
                await Task.Yield();
            }
        }

        await closing;
        foreach (var call in calls)
        {
            await Record.ExceptionAsync(() => call);
        }
    }

    private static async Task WriteAsync(CellularModem driver, CancellationToken cancellationToken)
    {
        await using var connection = await driver.ConnectTcpAsync("h", 1, cancellationToken);
        using var stream = connection.AsStream();
        await stream.WriteAsync(new byte[5000], cancellationToken);
        await connection.Input.ReadAsync(cancellationToken);
    }
}
