namespace Sim800.Modem.At;

/// <summary>Reads a line of information text; <c>false</c> when it is not what it should be.</summary>
internal delegate bool AtReader<T>(string line, out T value);
