using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Xunit;

namespace TestKit;

/// <summary>Sends a signal to one thread of this process, so that its system call ends early with EINTR.</summary>
[SupportedOSPlatform("linux")]
public static partial class ThreadSignal
{
    private const int NoSuchThread = 3; // ESRCH
    private const int WindowChanged = 28; // SIGWINCH: harmless, and the runtime handles it when asked to

    /// <summary>Interrupts every thread whose name starts like this (Linux keeps 15 characters), and waits until the signals were handled.</summary>
    /// <returns>How many threads were interrupted.</returns>
    public static async Task<int> InterruptAsync(string name, CancellationToken cancellationToken)
    {
        using var handled = new SemaphoreSlim(0);
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => handled.Release());
        var threads = Directory.GetDirectories("/proc/self/task")
            .Where(task => NameOf(task).StartsWith(name[..Math.Min(name.Length, 15)], StringComparison.Ordinal))
            .Select(task => int.Parse(Path.GetFileName(task), System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        var interrupted = 0;
        foreach (var thread in threads)
        {
            if (Tgkill(Environment.ProcessId, thread, WindowChanged) == 0)
            {
                await handled.WaitAsync(cancellationToken);
                interrupted++;
            }
            else
            {
                Assert.Equal(NoSuchThread, Marshal.GetLastPInvokeError()); // it was another test's, and has ended
            }
        }

        return interrupted;
    }

    /// <summary>Nothing for a thread that has ended since the folder was listed.</summary>
    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    [LibraryImport("libc", EntryPoint = "tgkill", SetLastError = true)]
    private static partial int Tgkill(int process, int thread, int signal);
}
