using Sim800.Mqtt;
using Sim800.Mqtt.Sqlite;

namespace Sim800.Fuzz;

/// <summary>Files where a session store should be: opened and read, or refused; the same file is then refused again or read again.</summary>
internal sealed class SqliteFileTarget : FuzzTarget, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-fuzz-");

    internal override string Name => "sqlite-file";

    internal override int Inputs => 150;

    internal override long FixedBytes => 512 * 1024;

    internal override int Longest => 64 * 1024;

    internal override IReadOnlyList<string> Words { get; } = ["SQLite format 3\0", "CREATE TABLE", "CREATE TRIGGER", "\x0d\x00\x00", "\xff\xff\xff\xff\xff\xff\xff\xff\x7f"];

    internal override bool IsTyped(Exception exception) => exception is MqttSqliteStoreException;

    public void Dispose() => _folder.Delete(recursive: true);

    internal override IEnumerable<byte[]> Made()
    {
        var path = Path.Combine(_folder.FullName, "seed.db");
        using (var store = MqttSqliteSessionStore.Open(path))
        {
            for (var sequence = 1L; sequence < 8; sequence++)
            {
                store.TryAdd(
                    new MqttStoredEntry(sequence, MqttDeliveryState.Published, (ushort)sequence, MqttQoS.ExactlyOnce),
                    new MqttMessage("up/" + sequence, new byte[sequence * 100], MqttQoS.ExactlyOnce));
                store.AddInbound(new MqttStoredInbound((ushort)sequence, Digest: sequence));
            }
        }

        yield return File.ReadAllBytes(path);
    }

    internal override byte[] Generate(Dice dice) => dice.Octets(dice.Small(0, 5000));

    internal override async ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        foreach (var old in _folder.EnumerateFiles("fuzz.db*"))
        {
            old.Delete();
        }

        var path = Path.Combine(_folder.FullName, "fuzz.db");
        await File.WriteAllBytesAsync(path, input, cancellationToken);
        using var store = MqttSqliteSessionStore.Open(path);
        store.LoadInbound();
        foreach (var entry in store.LoadOutbound())
        {
            store.TryGet(entry.Sequence, out _);
            store.Update(entry.Sequence, MqttDeliveryState.Released, entry.PacketId);
            store.Remove(entry.Sequence);
        }

        store.ClearInbound();
    }
}
