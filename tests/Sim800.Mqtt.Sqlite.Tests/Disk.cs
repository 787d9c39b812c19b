namespace Sim800.Mqtt.Sqlite.Tests;

/// <summary>What is in the two files of a store at one moment, and what a loss of power may leave of them.</summary>
/// <param name="Database">The file itself.</param>
/// <param name="Log">The write-ahead log beside it.</param>
internal sealed record Disk(byte[] Database, byte[] Log)
{
    private const int Sector = 512;

    internal static Disk Of(string path) => new(Read(path), Read(path + "-wal"));

    internal bool HasDatabaseOf(Disk other) => Database.AsSpan().SequenceEqual(other.Database);

    /// <summary>
    /// What is left when the power fails while the medium has all of <paramref name="synchronised"/> and any part of what was written
    /// since. A checkpoint synchronises the log before it touches the database, and the database before the log is used again: so
    /// while the database is written, the log is whole, and while the log is written, the database is.
    /// </summary>
    internal Disk Tear(Disk synchronised, Random random) => HasDatabaseOf(synchronised)
        ? this with { Log = Tear(synchronised.Log, Log, random, mayBeGarbage: true) }
        : this with { Database = Tear(synchronised.Database, Database, random, mayBeGarbage: false) };

    internal void WriteTo(string path)
    {
        File.WriteAllBytes(path, Database);
        File.WriteAllBytes(path + "-wal", Log);
    }

    private static byte[] Tear(byte[] old, byte[] written, Random random, bool mayBeGarbage)
    {
        var torn = written[..random.Next(Math.Min(old.Length, written.Length), written.Length + 1)];
        for (var start = 0; start < torn.Length; start += Sector)
        {
            var length = Math.Min(Sector, torn.Length - start);
            Tear(old.AsSpan(Math.Min(start, old.Length)), torn.AsSpan(start, length), random, mayBeGarbage);
        }

        return torn;
    }

    private static void Tear(ReadOnlySpan<byte> old, Span<byte> sector, Random random, bool mayBeGarbage)
    {
        var fate = random.Next(mayBeGarbage ? 6 : 4);
        for (var index = 0; index < sector.Length; index++)
        {
            var before = index < old.Length ? old[index] : (byte)0;
            if (sector[index] != before)
            {
                sector[index] = fate switch { 0 => before, 4 => 0, 5 => (byte)random.Next(256), _ => sector[index] };
            }
        }
    }

    private static byte[] Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
