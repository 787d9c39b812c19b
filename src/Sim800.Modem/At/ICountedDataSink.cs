namespace Sim800.Modem.At;

/// <summary>Receives counted payload from the read loop. Its members return at once.</summary>
internal interface ICountedDataSink
{
    /// <summary>The answer to a read follows: <paramref name="count"/> bytes of <paramref name="link"/>, <paramref name="left"/> more are buffered.</summary>
    void BeginRead(int link, int count, int left);

    /// <summary>Pushed data of <paramref name="link"/> follows.</summary>
    void BeginPush(int link, int count);

    /// <summary>From here on every byte belongs to the one transparent link.</summary>
    void BeginTransparent();

    /// <summary>Some of the announced bytes.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>No CR follows the counted bytes: bytes were lost on the line, and those that were counted cannot be trusted.</summary>
    void Slip();
}
