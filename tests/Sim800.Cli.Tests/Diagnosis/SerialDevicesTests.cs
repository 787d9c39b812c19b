using Sim800.Cli.Diagnosis;

namespace Sim800.Cli.Tests.Diagnosis;

/// <summary>Folders as the kernel of Linux shows them.</summary>
public sealed class SerialDevicesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sim800-ports-");

    public SerialDevicesTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "symbolic links of /sys");
        Directory.CreateDirectory(In("dev"));
        Directory.CreateDirectory(In("sys/class/tty"));
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void A_USB_adapter_is_listed_with_maker_product_and_the_name_that_stays()
    {
        Add("ttyUSB0", "devices/usb1/1-1/1-1:1.0/ttyUSB0");
        Write("devices/usb1/1-1/idVendor", "0403\n");
        Write("devices/usb1/1-1/idProduct", "6001\n");
        Write("devices/usb1/1-1/manufacturer", "FTDI\n");
        Write("devices/usb1/1-1/product", "FT232R USB UART\n");
        Directory.CreateDirectory(In("dev/serial/by-id"));
        File.CreateSymbolicLink(In("dev/serial/by-id/usb-FTDI_FT232R_A9-if00"), In("dev/ttyUSB0"));

        var device = Assert.Single(List());

        Assert.Equal(new SerialDevice(In("dev/ttyUSB0"), "FTDI FT232R USB UART (0403:6001)", In("dev/serial/by-id/usb-FTDI_FT232R_A9-if00")), device);
    }

    [Fact]
    public void Names_of_UARTs_that_the_machine_does_not_have_and_terminals_without_hardware_are_left_out()
    {
        Add("ttyS0", "devices/platform/serial8250/ttyS0");
        Write("sys/class/tty/ttyS0/type", "4\n");
        Add("ttyS1", "devices/platform/serial8250/ttyS1");
        Write("sys/class/tty/ttyS1/type", "0\n");
        Directory.CreateDirectory(In("sys/class/tty/tty7"));
        Write("dev/tty7", "");

        Assert.Equal([new SerialDevice(In("dev/ttyS0"), null, null)], List());
    }

    [Fact]
    public void Nine_comes_before_ten()
    {
        foreach (var name in new[] { "ttyUSB10", "ttyUSB9", "ttyAMA0" })
        {
            Add(name, "devices/" + name);
        }

        Assert.Equal(["ttyAMA0", "ttyUSB9", "ttyUSB10"], List().Select(device => Path.GetFileName(device.Path)));
    }

    [Fact]
    public void An_adapter_cannot_steer_the_terminal_or_fill_it()
    {
        Add("ttyUSB0", "devices/usb1/1-1/ttyUSB0");
        Write("devices/usb1/1-1/idVendor", "1a86");
        Write("devices/usb1/1-1/product", "\u001b[2J" + new string('x', 5_000));

        var description = Assert.Single(List()).Description!;

        Assert.DoesNotContain('\u001b', description);
        Assert.InRange(description.Length, 10, 200);
    }

    [Fact]
    public void A_machine_without_that_folder_has_no_devices() => Assert.Empty(SerialDevices.List(In("none"), In("dev")));

    private IReadOnlyList<SerialDevice> List() => SerialDevices.List(In("sys/class/tty"), In("dev"));

    private string In(string path) => Path.Combine(_root.FullName, path);

    private void Add(string name, string device)
    {
        Directory.CreateDirectory(In(device));
        Directory.CreateDirectory(In("sys/class/tty/" + name));
        Directory.CreateSymbolicLink(In($"sys/class/tty/{name}/device"), In(device));
        Write("dev/" + name, "");
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
    }
}
