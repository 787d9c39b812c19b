namespace Sim800.Cli.Verbs;

/// <summary>Where the payload of <c>pub</c> is.</summary>
internal enum PubSource
{
    Message,
    File,
    Lines,
    Whole,
    Empty,
}
