using System.Runtime.InteropServices;

namespace Sim800.Benchmarks;

/// <summary>
/// Processor time to the nanosecond, Linux only. What the runtime tells of a process is counted in the ticks of a clock, and gives a whole tick
/// to whoever a timer wakes then. Of a thread it tells nothing.
/// </summary>
internal static class ProcessorClock
{
    private const int ProcessProcessorTime = 2; // CLOCK_PROCESS_CPUTIME_ID
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <summary>That of the calling thread.</summary>
    /// <exception cref="PlatformNotSupportedException">Not on Linux.</exception>
    internal static TimeSpan OfThread() => Read(ThreadProcessorTime);

    /// <summary>That of all threads there were.</summary>
    /// <exception cref="PlatformNotSupportedException">Not on Linux.</exception>
    internal static TimeSpan OfProcess() => Read(ProcessProcessorTime);

    private static TimeSpan Read(int clock)
    {
        if (!OperatingSystem.IsLinux() || GetTime(clock, out var time) != 0)
        {
            throw new PlatformNotSupportedException("Processor time is read on Linux only.");
        }

        return TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick));
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
