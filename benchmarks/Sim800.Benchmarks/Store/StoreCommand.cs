using System.Diagnostics;
using System.Globalization;
using Sim800.Mqtt;
using Sim800.Mqtt.Sqlite;

namespace Sim800.Benchmarks.Store;

/// <summary><c>store</c>: how long a client needs to start over a store that is full of messages.</summary>
internal static class StoreCommand
{
    private const int Messages = 100_000;

    internal static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("store-");
        try
        {
            var path = Path.Combine(folder.FullName, "session.db");
            await Console.Out.WriteLineAsync($"filled with {Messages} messages of 100 bytes at {Fill(path, Messages):0} a second, without waiting for the medium");
            var started = Stopwatch.GetTimestamp();
            var (waiting, _, gets) = await StartAsync(path);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"opened, and a client over it ready to connect and closed again, after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms: {waiting} messages to deliver, {gets} payloads read"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Of a client that was made over the store: messages to deliver, and what it has read for it.</returns>
    internal static async Task<(int Messages, int Loads, int Gets)> StartAsync(string path)
    {
        using var store = MqttSqliteSessionStore.Open(path);
        var reads = new CountingStore(store);
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "gateway-0001", CleanSession = false, SessionStore = reads });
        return (client.Unacknowledged, reads.Loads, reads.Gets);
    }

    /// <returns>Messages a second.</returns>
    internal static double Fill(string path, int messages)
    {
        using var store = MqttSqliteSessionStore.Open(path, new MqttSqliteStoreOptions { SurvivesPowerLoss = false });
        var message = new MqttMessage("greenhouse/7/temperature", new byte[100], MqttQoS.AtLeastOnce);
        var started = Stopwatch.GetTimestamp();
        for (var sequence = 1; sequence <= messages; sequence++)
        {
            if (!store.TryAdd(new MqttStoredEntry(sequence, MqttDeliveryState.Queued, 0, message.QoS), message))
            {
                throw new InvalidOperationException("The store is full.");
            }
        }

        return messages / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}

/// <summary>A store that counts what is read.</summary>
internal sealed class CountingStore(IMqttSessionStore inner) : IMqttSessionStore
{
    /// <summary>Messages read with their payloads.</summary>
    internal int Gets { get; private set; }

    /// <summary>How often the list of all messages was read.</summary>
    internal int Loads { get; private set; }

    public IReadOnlyList<MqttStoredEntry> LoadOutbound()
    {
        Loads++;
        return inner.LoadOutbound();
    }

    public IReadOnlyCollection<MqttStoredInbound> LoadInbound() => inner.LoadInbound();

    public bool TryAdd(in MqttStoredEntry entry, in MqttMessage message) => inner.TryAdd(entry, message);

    public bool TryGet(long sequence, out MqttMessage message)
    {
        Gets++;
        return inner.TryGet(sequence, out message);
    }

    public void Update(long sequence, MqttDeliveryState state, ushort packetId) => inner.Update(sequence, state, packetId);

    public void Remove(long sequence) => inner.Remove(sequence);

    public void AddInbound(MqttStoredInbound message) => inner.AddInbound(message);

    public void RemoveInbound(ushort packetId) => inner.RemoveInbound(packetId);

    public void ClearInbound() => inner.ClearInbound();
}
