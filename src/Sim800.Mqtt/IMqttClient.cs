namespace Sim800.Mqtt;

/// <summary>
/// What an application needs of an MQTT client, and can replace in its tests or decorate: publishing, subscribing, and the state of the
/// connection. <see cref="MqttClient"/> lives on one connection; <see cref="Sim800MqttClient"/> makes its own and reconnects. Shorter
/// forms of publishing and subscribing are in <see cref="MqttClientExtensions"/>.
/// </summary>
/// <remarks>All members may be used from any number of threads at once.</remarks>
public interface IMqttClient : IAsyncDisposable
{
    /// <summary>State and reason now.</summary>
    MqttClientStatus Status { get; }

    /// <summary>Ends when the client does: successfully after <see cref="DisconnectAsync"/>, else with the reason.</summary>
    Task Completion { get; }

    /// <summary>How the session states of client and server met at the last CONNACK.</summary>
    MqttSessionResumption Resumption { get; }

    /// <summary>How many messages of QoS 1 and 2 the server has not acknowledged yet.</summary>
    int Unacknowledged { get; }

    /// <summary>How many messages of QoS 1 and 2 of this connection the server waits to have acknowledged: not taken, given back (the
    /// handler threw), or behind such a one. A server sends only so many ahead, mosquitto 20.</summary>
    int HeldBack { get; }

    /// <summary>How many acknowledgements belonged to no open packet identifier: late ones, or a fault of the server [MQTT-2.3.1-7].</summary>
    long UnknownAcknowledgements { get; }

    /// <summary>How many received messages fitted no subscription. The first one of a connection is logged with its topic as a warning. They are
    /// acknowledged, and given to the subscriptions with <see cref="MqttSubscribeOptions.TakesUnmatched"/>.</summary>
    long Unmatched { get; }

    /// <summary>The clock of time limits that are kept on the client's behalf.</summary>
    TimeProvider TimeProvider => TimeProvider.System;

    /// <summary>The status now, and each one after it; ends with <see cref="MqttClientState.Closed"/>. A slow reader misses steps, never
    /// the last one.</summary>
    /// <param name="cancellationToken">Ends the watching.</param>
    IAsyncEnumerable<MqttClientStatus> WatchAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Publishes a message. The task ends, for QoS 0, when the message is written for the transport, waiting for room if there is none
    /// (see <see cref="FlushAsync"/>); for QoS 1 with PUBACK and for QoS 2 with PUBCOMP.
    /// </summary>
    /// <param name="message">The message; its payload may be used again as soon as the returned task has ended.</param>
    /// <param name="cancellationToken">Stops the waiting. A message of QoS 1 or 2 that is accepted is delivered all the same.</param>
    /// <exception cref="ArgumentException">The topic is invalid or the packet exceeds <see cref="MqttClientOptions.MaxPacketSize"/>.</exception>
    /// <exception cref="MqttStoreFullException">The session store has no room.</exception>
    /// <exception cref="MqttPoisonMessageException">The server hangs up at this message, again and again; it was set aside.</exception>
    /// <exception cref="MqttMessageWithdrawnException">It was taken back (<see cref="Withdraw"/>).</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    ValueTask PublishAsync(MqttMessage message, CancellationToken cancellationToken = default);

    /// <summary>
    /// Publishes a message whose payload is the next <paramref name="length"/> bytes of a stream. With QoS 0 the payload is read as it is
    /// sent and never held in memory as a whole; with QoS 1 and 2 it is read first, because it is kept until it is acknowledged.
    /// </summary>
    /// <param name="message">The message without its payload.</param>
    /// <param name="payload">The payload; not to be touched until the returned task has ended.</param>
    /// <param name="length">How many bytes are read from it, at least 0: a PUBLISH begins with its length.</param>
    /// <param name="cancellationToken">Stops the waiting; a packet that has begun is finished.</param>
    /// <exception cref="ArgumentException">As for any message; or <paramref name="message"/> has a payload of its own.</exception>
    /// <exception cref="MqttClosedException">The client has ended, or QoS 0: the connection ended in the middle of the packet, which is also
    /// what happens when the stream fails or ends early there.</exception>
    /// <exception cref="EndOfStreamException">QoS 1 and 2: the stream ended early.</exception>
    Task PublishAsync(MqttMessage message, Stream payload, long length, CancellationToken cancellationToken = default);

    /// <summary>
    /// Subscribes to topic filters in one SUBSCRIBE packet and waits for the server's grant. The messages of all of them come in one
    /// stream, in the order of receipt, each received message once, however many of the filters it matches.
    /// </summary>
    /// <remarks>A server may itself send a message once for each of its filters that match (MQTT 3.1.1 §3.3.5); such copies are messages of
    /// their own. A filter that no other subscription has is unsubscribed when the subscription ends, all in one UNSUBSCRIBE packet.</remarks>
    /// <param name="filters">The topic filters, each with the highest QoS wanted. Of one that occurs twice the higher QoS counts.</param>
    /// <param name="options">How the messages are queued and acknowledged; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the waiting and gives the subscription up.</param>
    /// <exception cref="ArgumentException">There is no filter, or one is invalid.</exception>
    /// <exception cref="MqttSubscribeRefusedException">The server refused one filter or several, which the exception names; the other
    /// filters of this call are unsubscribed again.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    Task<IMqttSubscription> SubscribeAsync(
        IReadOnlyCollection<MqttTopicFilter> filters, MqttSubscribeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes back messages of QoS 1 and 2 that the server has not confirmed (PUBACK, PUBREC), those of an earlier run in the session store
    /// included. They are never sent again, though one that was sent may have arrived; publishers who wait get <see cref="MqttMessageWithdrawnException"/>.
    /// </summary>
    /// <param name="which">Called for each such message in order, under the client's lock: it must be quick and must not call the client.
    /// The payload is valid only during the call.</param>
    /// <returns>How many were taken back.</returns>
    /// <exception cref="MqttClosedException">The client has ended.</exception>
    int Withdraw(Predicate<MqttMessage> which);

    /// <summary>
    /// Has the server forget topic filters that it keeps in a stored session, whether this client knows of them or not. A subscription of this
    /// client ends when it is disposed, and does not end by this.
    /// </summary>
    /// <param name="filters">The topic filters.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Ends when the server has confirmed it; at once where there is no connection: the next one to the same session asks.</returns>
    /// <exception cref="ArgumentException">There is no filter, or one is invalid.</exception>
    /// <exception cref="MqttClosedException">The client has ended, or the connection before the answer.</exception>
    /// <exception cref="NotSupportedException">An implementation of this interface does not do it.</exception>
    Task UnsubscribeAsync(IReadOnlyCollection<string> filters, CancellationToken cancellationToken = default) =>
        Task.FromException(new NotSupportedException("This client does not unsubscribe filters that are not its own."));

    /// <summary>Waits until everything published so far is with the transport.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MqttClosedException">There is no connection, or it ended before that.</exception>
    Task FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends what is written, then DISCONNECT (MQTT 3.1.1 §3.14), and closes the connection. Unacknowledged messages of QoS 1 and
    /// 2 stay in the session store.</summary>
    /// <param name="cancellationToken">Stops the waiting; the connection is then closed without DISCONNECT.</param>
    /// <exception cref="MqttClosedException">The connection ended before DISCONNECT was sent, with the reason inside.</exception>
    Task DisconnectAsync(CancellationToken cancellationToken = default);
}
