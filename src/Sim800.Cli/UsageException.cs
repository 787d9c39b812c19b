namespace Sim800.Cli;

/// <summary>The command line asks for something that cannot be meant; the message is the whole explanation.</summary>
internal sealed class UsageException(string message) : Exception(message);
